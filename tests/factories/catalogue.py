"""Places, makers, sellers and products, made the way the shop makes them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image

from storefront.atlas.models import Craft, District, State
from storefront.catalogue import services as catalogue
from storefront.catalogue.models import Artisan, Colour, GiRight, Material, Product
from storefront.catalogue.services import MakerFacts, ProductFacts
from storefront.gst.rules import GstRule
from storefront.media.models import Picture
from storefront.partner import services as partner
from storefront.partner.models import Partner, StockRecord
from storefront.partner.rules import SellerKind, gstin_check_character
from storefront.partner.services import SellerFacts
from storefront.stock.rules import Reason
from storefront.stock.services import set_free
from tests.factories.consent import agreed

_numbers = count(1)
_STATES = {"09": ("UP", "Uttar Pradesh", "उत्तर प्रदेश"), "07": ("DL", "Delhi", "दिल्ली")}


def make_state(code: str = "09") -> State:
    """Return a state by its GST code: Uttar Pradesh (09) or Delhi (07)."""
    iso, name_en, name_hi = _STATES[code]
    found, _ = State.objects.get_or_create(
        code=code, defaults={"iso": f"IN-{iso}", "name_en": name_en, "name_hi": name_hi}
    )
    return found


def make_district(name_en: str = "Moradabad", name_hi: str = "मुरादाबाद", **facts: Any) -> District:
    """Return the district of that name; the first time it is made."""
    slug = facts.pop("slug", name_en.lower().replace(" ", "-"))
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "name_en": name_en,
        "name_hi": name_hi,
        "division": name_en,
        "headquarters": name_en,
        "latitude": Decimal("28.83"),
        "longitude": Decimal("78.77"),
        "lgd_code": number,
        "map_code": f"{number % 1000:03d}",
        "tile_row": number // 100,
        "tile_column": number % 100,
    }
    found, _ = District.objects.get_or_create(slug=slug, defaults=defaults | facts)
    return found


def make_craft(
    name_en: str = "Brassware", name_hi: str = "पीतल का काम", family: str = "metal"
) -> Craft:
    """Return the craft of that name; the first time it is made."""
    found, _ = Craft.objects.get_or_create(
        slug=name_en.lower().replace(" ", "-"),
        defaults={"name_en": name_en, "name_hi": name_hi, "family": family, "colour": "metal"},
    )
    return found


def make_colour(name_en: str = "Red", name_hi: str = "लाल") -> Colour:
    """Return the colour of that name; the first time it is made."""
    return _word(Colour, name_en, name_hi)


def make_material(name_en: str = "Brass", name_hi: str = "पीतल") -> Material:
    """Return the material of that name; the first time it is made."""
    return _word(Material, name_en, name_hi)


def _word(model: Any, name_en: str, name_hi: str) -> Any:
    slug = name_en.lower().replace(" ", "-")
    catalogue.load_words(model, [{"slug": slug, "name_en": name_en, "name_hi": name_hi}])
    return model.objects.get(slug=slug)


def make_gi_right(holder: str = "Shabana Parveen") -> GiRight:
    """Return somebody's right to a GI name."""
    return catalogue.record_gi_right(
        name_en="Moradabad Metal Craft",
        name_hi="मुरादाबाद धातु शिल्प",
        holder=holder,
        number="TEST-1",
        checked_on=date(2026, 1, 1),
    )


def make_artisan(
    name_en: str = "Shabana Parveen",
    name_hi: str = "शबाना परवीन",
    *,
    agrees: bool = True,
    **facts: Any,
) -> Artisan:
    """Make a maker who agrees to be shown, of Moradabad and in brass unless told otherwise."""
    known: dict[str, Any] = {
        "town_en": "Moradabad",
        "town_hi": "मुरादाबाद",
        "district": facts.get("district") or make_district(),
        "craft": facts.get("craft") or make_craft(),
    }
    made = catalogue.add_artisan(MakerFacts(name_en=name_en, name_hi=name_hi, **(known | facts)))
    return agreed(made, photo=facts.get("portrait")) if agrees else made


def make_gstin(state: str = "09") -> str:
    """Return a GSTIN nobody else has, with a true check character."""
    first = f"{state}AABCZ{next(_numbers) % 10000:04d}F1Z"
    return first + gstin_check_character(first)


def make_seller(name_en: str = "Moradabad Brass Workshop", **facts: Any) -> Partner:
    """Make a registered seller of Moradabad; `users` and `makers` as in `add_seller`."""
    state = facts.pop("state", None) or make_state()
    kind = facts.pop("kind", SellerKind.REGULAR)
    users, makers = facts.pop("users", ()), facts.pop("makers", ())
    known: dict[str, Any] = {
        "name_hi": "मुरादाबाद पीतल कार्यशाला",
        "district": facts.get("district") or make_district(),
        "town_en": "Moradabad",
        "town_hi": "मुरादाबाद",
        "pin": "244001",
    }
    if kind == SellerKind.ENROLLED:
        known["enrolment_number"] = f"UPE{next(_numbers):08d}"
    else:
        known["gstin"] = make_gstin(state.pk)
    made = SellerFacts(name_en=name_en, kind=kind, state=state, **(known | facts))
    return partner.add_seller(made, users=users, makers=makers)


def make_picture(
    alt_en: str = "A brass lota", alt_hi: str = "पीतल का लोटा", *, width: int = 40
) -> Picture:
    """Make a small picture of one colour, another one each time."""
    number = next(_numbers)
    colour = (number % 256, number // 256 % 256, 120)
    content = BytesIO()
    Image.new("RGB", (width, width * 5 // 4), colour).save(content, "PNG")
    file = ImageFile(content, name=f"picture-{number}.png")
    return Picture.objects.create(title=alt_en, alt_en=alt_en, alt_hi=alt_hi, file=file)


def make_draft(*, pictures: Sequence[Picture] = (), **facts: Any) -> Product:
    """Make a product that nobody offers yet."""
    known: dict[str, Any] = {
        "sku": f"SKU-{next(_numbers):05d}",
        "title_en": "Brass lota",
        "title_hi": "पीतल का लोटा",
        "description_en": "Cast in one piece and turned by hand.",
        "description_hi": "एक ही ढलाई में बना, हाथ से ख़रादा हुआ।",
        "materials_en": "Brass",
        "materials_hi": "पीतल",
        "district": facts.get("district") or make_district(),
        "craft": facts.get("craft") or make_craft(),
        "hsn": "7418",
        "gst": GstRule(rate=Decimal(12)),
    }
    return catalogue.add_product(ProductFacts(**(known | facts)), pictures=pictures)


def make_product(
    *,
    price: Decimal | int | str = "1450.00",
    stock: int = 5,
    seller: Partner | None = None,
    is_live: bool = True,
    **facts: Any,
) -> Product:
    """Make a product on sale: `stock` pieces at `price` rupees; facts as in `ProductFacts`."""
    product = make_draft(**facts)
    record = partner.offer_product(
        product, seller=seller or make_seller(), price=Decimal(price), sku=product.upc
    )
    if stock:
        set_free(record, free=stock, version=record.version, by=None, reason=Reason.IMPORT)
    if is_live:
        catalogue.approve(catalogue.submit(product))
    return product


def stock_record(product: Product) -> StockRecord:
    """Return the product's one stock record as it is in the database now."""
    return StockRecord.objects.get(product=product)
