"""Putting makers and products into the catalogue, and moving a product through its life."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext

from storefront.atlas.models import Craft, District
from storefront.catalogue.models import (
    Artisan,
    Colour,
    GiRight,
    Material,
    Product,
    ProductClass,
    ProductImage,
)
from storefront.catalogue.models.product import PACKED
from storefront.catalogue.rules import ONE_PIECE, TRANSITIONS, Box, ProductState, Quantity, may_say
from storefront.core.machine import check_move
from storefront.core.refusals import Refusal
from storefront.core.slugs import readable_slug
from storefront.gst.rules import GstRule
from storefront.media.models import Picture

CRAFT_CLASS = "craft"
NEEDED = ("title_en", "title_hi", "description_en", "description_hi", "hsn")


class SkuTaken(Refusal):
    """Another product has this number already."""

    code = "sku-taken"


class NotReady(Refusal):
    """The product lacks something a buyer must be told; `missing` names the fields."""

    code = "product-not-ready"

    def __init__(self, missing: list[str]) -> None:
        super().__init__(
            gettext("Before this can be sold, please add: %(missing)s.")
            % {"missing": ", ".join(missing)}
        )
        self.missing = missing


class ContentUntold(Refusal):
    """Of such goods the law wants to know how much is in the pack."""

    code = "content-untold"

    def __init__(self) -> None:
        super().__init__(
            gettext("The law wants to know how many grams, millilitres or pieces are in it.")
        )


@dataclass(frozen=True, slots=True)
class MakerFacts:
    """Who a maker is, in both languages."""

    name_en: str
    name_hi: str
    town_en: str
    town_hi: str
    district: District
    craft: Craft
    bio_en: str = ""
    bio_hi: str = ""
    portrait: Picture | None = None
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What a product is, in both languages; its price and stock are the seller's offer."""

    sku: str
    title_en: str
    title_hi: str
    description_en: str
    description_hi: str
    district: District
    craft: Craft
    hsn: str
    gst: GstRule
    artisan: Artisan | None = None
    materials_en: str = ""
    materials_hi: str = ""
    made_of: Sequence[Material] = ()
    colours: Sequence[Colour] = ()
    gi_right: GiRight | None = None
    length_cm: Decimal | None = None
    width_cm: Decimal | None = None
    height_cm: Decimal | None = None
    weight_g: int = 500
    net: Quantity = ONE_PIECE
    box: Box | None = None
    lead_days: int = 0
    is_one_of_a_kind: bool = False
    country_of_origin: str = "IN"
    priority: int = 0


@transaction.atomic
def add_artisan(facts: MakerFacts) -> Artisan:
    """Put a maker into the catalogue; the address of their page is made from the English name."""
    return Artisan.objects.create(
        slug=_free_slug(facts.name_en),
        name_en=facts.name_en,
        name_hi=facts.name_hi,
        town_en=facts.town_en,
        town_hi=facts.town_hi,
        bio_en=facts.bio_en,
        bio_hi=facts.bio_hi,
        district=facts.district,
        craft=facts.craft,
        portrait=facts.portrait,
        is_demonstration=facts.is_demonstration,
    )


class NeedsPhotographs(Refusal):
    """What is really sold must be shown itself: drawn pictures are for demonstration."""

    code = "needs-photographs"


@transaction.atomic
def add_product(facts: ProductFacts, *, pictures: Sequence[Picture] = ()) -> Product:
    """
    Put a product into the catalogue as a draft, its pictures in the order given.

    Raises:
        SkuTaken: a product with this number is there already; nothing was written.
    """
    product = Product(
        product_class=_craft_class(),
        state=ProductState.DRAFT,
        is_public=False,
        upc=facts.sku,
        gst_rate=facts.gst.rate,
        gst_rate_above=facts.gst.rate_above,
        **{name: getattr(facts, name) for name in _PLAIN},
    )
    try:
        with transaction.atomic():
            product.save()
    except IntegrityError as error:
        raise SkuTaken(
            gettext("There is a product %(sku)s already.") % {"sku": facts.sku}
        ) from error
    describe(product, made_of=facts.made_of, colours=facts.colours)
    ProductImage.objects.bulk_create(
        ProductImage(product=product, image=picture, display_order=order)
        for order, picture in enumerate(pictures)
    )
    return product


# The facts whose names are the product's own.
_OTHERS = {"sku", "gst", "made_of", "colours"}
_PLAIN = tuple(name for name in ProductFacts.__slots__ if name not in _OTHERS)


@transaction.atomic
def describe(product: Product, *, made_of: Iterable[Material], colours: Iterable[Colour]) -> None:
    """Say what a product is made of and its colours: these and no others."""
    product.made_of.set(made_of)
    product.colours.set(colours)


def measure(product: Product, *, net: Quantity, box: Box | None) -> None:
    """
    Say how much is in a product, without its packing, and its size with it.

    Raises:
        ContentUntold: goods like this are not sold by the piece; nothing changed.
    """
    if not may_say(net, family=product.family):
        raise ContentUntold
    product.net, product.box = net, box
    product.save(update_fields=["net_amount", "net_unit", *PACKED, "date_updated"])


def record_gi_right(
    *, name_en: str, name_hi: str, holder: str, number: str, checked_on: date
) -> GiRight:
    """Write down whose papers for a GI name staff have seen; a second time it changes nothing."""
    names = {"name": name_en, "name_en": name_en, "name_hi": name_hi}
    found, _ = GiRight.objects.get_or_create(
        holder=holder, number=number, defaults={**names, "checked_on": checked_on}
    )
    return found


def sell_under_gi(product: Product, *, right: GiRight | None) -> None:
    """Let a product bear the GI name of this right, which is its maker's or seller's; or none."""
    product.gi_right = right
    product.save(update_fields=["gi_right", "date_updated"])


def load_words(model: type[Colour | Material], rows: Sequence[Mapping[str, str]]) -> int:
    """Take in colours or materials, or their new names; return how many rows there were."""
    with translation.override("en"):
        for row in rows:
            names = {"name": row["name_en"], "name_en": row["name_en"], "name_hi": row["name_hi"]}
            model._default_manager.update_or_create(  # noqa: SLF001 -- Django's public name
                slug=row["slug"], defaults=names
            )
    return len(rows)


def submit(product: Product) -> Product:
    """
    Offer a draft to the moderators.

    Raises:
        NotReady: words in one language, tax number, place, craft, price or net quantity is missing.
        IllegalMove: it is neither a draft nor sent back.
    """
    missing = [name for name in NEEDED if not getattr(product, name)]
    missing += [name for name in ("district", "craft") if getattr(product, name) is None]
    if not product.stockrecords.exists():
        missing.append("price")
    if not may_say(product.net, family=product.family):
        missing.append("net_amount")
    if missing:
        raise NotReady(missing)
    return _move(product, ProductState.SUBMITTED)


def approve(product: Product) -> Product:
    """
    Put a checked or withdrawn product on sale.

    Raises:
        NeedsPhotographs: it is a real seller's, and a picture of it is drawn by a computer.
        IllegalMove: it was not submitted or withdrawn.
    """
    drawn = product.images.filter(image__is_computer_drawn=True)
    if drawn.exists() and product.stockrecords.filter(partner__is_demonstration=False).exists():
        raise NeedsPhotographs(
            gettext("A picture of this is drawn by a computer. Please show the piece itself.")
        )
    return _move(product, ProductState.LIVE)


def send_back(product: Product) -> Product:
    """
    Give a submitted product back to its seller for changes.

    Raises:
        IllegalMove: it was not submitted.
    """
    return _move(product, ProductState.SENT_BACK)


def withdraw(product: Product) -> Product:
    """
    Take a product off the shelf; baskets that hold it say so.

    Raises:
        IllegalMove: it is neither live nor sent back.
    """
    return _move(product, ProductState.WITHDRAWN)


def _move(product: Product, new: ProductState) -> Product:
    """Move a product's state, and with it what Oscar asks: whether it is public."""
    with transaction.atomic():
        now = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
        check_move(TRANSITIONS, old=ProductState(now.state), new=new)
        product.state = new
        product.is_public = new == ProductState.LIVE
        product.save(update_fields=["state", "is_public", "date_updated"])
    return product


def _craft_class() -> ProductClass:
    found, _ = ProductClass.objects.get_or_create(
        slug=CRAFT_CLASS, defaults={"name": CRAFT_CLASS, "track_stock": True}
    )
    return found


def _free_slug(name: str) -> str:
    """Return the name's slug, numbered if another maker has it."""
    first = slug = readable_slug(name)[:45]
    number = 1
    while Artisan.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{first}-{number}"
    return slug
