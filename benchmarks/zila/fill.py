"""
Fill Zila with the catalogue: places, people, pages by the shop's services, products in bulk.

`python -m benchmarks.inside benchmarks.zila.fill 10000` brings the database in
DATABASE_URL up to that many.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any, TypeVar

from django.core.files.images import ImageFile
from django.core.management import call_command
from django.utils import translation
from PIL import Image, ImageDraw

from benchmarks.catalogue import (
    MOTIFS,
    PICTURES,
    SELLERS_PER_DISTRICT,
    Item,
    craft_slugs,
    items,
    places,
)
from benchmarks.copying import moment, put
from benchmarks.zila.addresses import STORIES, story_slug
from cms.planting import plant_site
from cms.publish import Chapter, StoryFacts, write_artisan_page, write_story
from fixtures.numbers import enrolment_number, gstin
from storefront.atlas.models import Craft, District, State
from storefront.catalogue.models import (
    Artisan,
    Colour,
    Material,
    Product,
    ProductClass,
    ProductImage,
)
from storefront.catalogue.rules import ProductState
from storefront.catalogue.services import CRAFT_CLASS, MakerFacts, add_artisan, record_gi_right
from storefront.consent.services import make_up
from storefront.core.clock import now
from storefront.core.slugs import readable_slug
from storefront.media.models import Picture
from storefront.partner.models import Partner, StockRecord
from storefront.partner.rules import SellerKind
from storefront.partner.services import SellerFacts, add_seller
from storefront.search.services import collect_terms, index_products
from storefront.stock.models import StockMovement
from storefront.stock.rules import Reason

HOME_STATE = "09"
PRODUCTS_IN_A_STORY = 6
GI_EVERY = 10
Place = TypeVar("Place", District, Craft)


def main(words: list[str]) -> None:
    """Fill up to so many products as the word says; what is there already is kept."""
    there, wanted = Product.objects.count(), int(words[0])
    with translation.override("en"):
        if not there:
            call_command("load_atlas", verbosity=0, stdout=StringIO())
            call_command("setup_roles", verbosity=0, stdout=StringIO())
            plant_site()
            _people()
        _products(there + 1, wanted)
        if not there:
            _stories()
        collect_terms()


def _people() -> None:
    """Take in a maker and a seller for each workshop; a few makers get a page."""
    state, crafts = State.objects.get(pk=HOME_STATE), _in_order(Craft, craft_slugs())
    districts = _in_order(District, [place.slug for place in places()])
    portraits = [_picture(number) for number in range(PICTURES)]
    for number in range(len(districts) * SELLERS_PER_DISTRICT):
        place = districts[number // SELLERS_PER_DISTRICT]
        maker = add_artisan(
            MakerFacts(
                name_en=f"Maker {number + 1} of {place.name_en}",
                name_hi=f"{place.name_hi} के कारीगर {number + 1}",
                town_en=place.name_en,
                town_hi=place.name_hi,
                district=place,
                craft=crafts[number % len(crafts)],
                is_demonstration=True,
            )
        )
        make_up(maker, portrait=portraits[number % PICTURES], now=now())
        add_seller(_seller(number, place, state), makers=[maker])
        if number < 2 * SELLERS_PER_DISTRICT:
            for language in ("en", "hi"):
                write_artisan_page(maker, language=language)


def _seller(number: int, place: District, state: State) -> SellerFacts:
    """Every second seller is registered under GST, the others are enrolled only."""
    registered = number % 2 == 0
    return SellerFacts(
        name_en=f"Workshop {number + 1} of {place.name_en}",
        name_hi=f"{place.name_hi} की कार्यशाला {number + 1}",
        kind=SellerKind.REGULAR if registered else SellerKind.ENROLLED,
        state=state,
        district=place,
        town_en=place.name_en,
        town_hi=place.name_hi,
        pin="226001",
        gstin=gstin(district_code=number, letter="B") if registered else "",
        enrolment_number="" if registered else enrolment_number(district_code=number, letter="B"),
        is_demonstration=True,
    )


def _picture(number: int) -> Picture:
    """Draw a small picture and take it into the library, with its renditions."""
    canvas = Image.new("RGB", (800, 800), (240 - number * 5, 200, 120 + number * 5))
    ImageDraw.Draw(canvas).ellipse((100, 100, 700, 700 - number * 10), fill=(150, 60, number * 9))
    content = BytesIO()
    canvas.save(content, "PNG")
    motif_en, motif_hi = MOTIFS[number % len(MOTIFS)]
    return Picture.objects.create(
        title=f"{motif_en} {number}",
        alt_en=motif_en,
        alt_hi=motif_hi,
        file=ImageFile(content, name=f"bench-{number}.png"),
    )


def _stories() -> None:
    """Publish stories with six products each, in both languages."""
    for number in range(STORIES):
        districts, crafts = District.objects.order_by("pk"), Craft.objects.order_by("pk")
        first = number * PRODUCTS_IN_A_STORY + 1
        chosen = Product.objects.filter(pk__gte=first).order_by("pk")
        products = list(chosen.values_list("pk", flat=True)[:PRODUCTS_IN_A_STORY])
        for language in ("en", "hi"):
            facts = StoryFacts(
                slug=story_slug(number),
                title=f"A morning in workshop {number + 1}",
                lead="What is on the bench before the first tea, and what is left at night.",
                district=districts[number],
                craft=crafts[number],
                cover=Picture.objects.order_by("pk")[number],
                chapters=[Chapter("The bench", ["Tools first, then wood."] * 4, products=products)],
            )
            write_story(facts, language=language)


def _products(first: int, last: int) -> None:
    """Put products on sale: stock records with their first movement, pictures, search entries."""
    known, _ = ProductClass.objects.get_or_create(
        slug=CRAFT_CLASS, defaults={"name": CRAFT_CLASS, "track_stock": True}
    )
    pattern = Product(
        product_class=known,
        structure=Product.STANDALONE,
        state=ProductState.LIVE,
        is_public=True,
        materials="Mixed",
        materials_en="Mixed",
        materials_hi="मिश्रित",
    )
    here = Surroundings()
    put(pattern, (here.product(item) for item in items(first, last)))
    put(
        StockRecord(price_currency="INR"),
        (here.stock_record(item) for item in items(first, last)),
    )
    put(
        StockMovement(reason=Reason.IMPORT),
        (
            {"id": item.number, "stockrecord_id": item.number, "in_stock_change": item.stock}
            for item in items(first, last)
        ),
    )
    put(
        ProductImage(display_order=0),
        (
            {
                "id": item.number,
                "product_id": item.number,
                "image_id": here.pictures[item.picture],
            }
            for item in items(first, last)
        ),
    )
    put(Product.made_of.through(), here.words(first, last, "material"))
    put(Product.colours.through(), here.words(first, last, "colour"))
    index_products(first=first, last=last)


class Surroundings:
    """The numbers of what products refer to, in the catalogue's order."""

    def __init__(self) -> None:
        self.districts = _in_order(District, [place.slug for place in places()])
        self.crafts = _in_order(Craft, craft_slugs())
        self.makers = list(Artisan.objects.order_by("pk").values_list("pk", flat=True))
        self.sellers = list(Partner.objects.order_by("pk").values_list("pk", flat=True))
        self.pictures = list(Picture.objects.order_by("pk").values_list("pk", flat=True))

        self.words_of: dict[str, list[int]] = {
            "material": list(Material.objects.order_by("pk").values_list("pk", flat=True)),
            "colour": list(Colour.objects.order_by("pk").values_list("pk", flat=True)),
        }
        self.gi_right = record_gi_right(
            name_en="Invented craft",
            name_hi="मनगढ़ंत शिल्प",
            holder="Maker 1",
            number="BENCH-1",
            checked_on=date(2026, 1, 1),
        ).pk

    def words(self, first: int, last: int, kind: str) -> Iterator[dict[str, int]]:
        """Return the rows that say of which colour, or material, products are: two of each."""
        known = self.words_of[kind]
        for number in range(first, last + 1):
            for turn in (0, 1):
                yield {
                    "id": 2 * number + turn,
                    "product_id": number,
                    f"{kind}_id": known[(number * 7 + turn * 5) % len(known)],
                }

    def product(self, item: Item) -> dict[str, Any]:
        """Return the columns in which a product differs from the pattern."""
        return {
            "id": item.number,
            "upc": item.sku,
            "slug": readable_slug(item.title_en),
            "title": item.title_en,
            "title_en": item.title_en,
            "title_hi": item.title_hi,
            "description": item.description_en,
            "description_en": item.description_en,
            "description_hi": item.description_hi,
            "district_id": self.districts[item.place].pk,
            "craft_id": self.crafts[item.craft].pk,
            "artisan_id": self.makers[item.seller],
            "gi_right_id": None if item.number % GI_EVERY else self.gi_right,
            "hsn": item.hsn,
            "date_created": moment(item.number),
        }

    def stock_record(self, item: Item) -> dict[str, Any]:
        """Return the columns in which a stock record differs from the pattern."""
        return {
            "id": item.number,
            "product_id": item.number,
            "partner_id": self.sellers[item.seller],
            "partner_sku": item.sku,
            "price": item.price,
            "num_in_stock": item.stock,
            "date_created": moment(item.number),
        }


def _in_order(model: type[Place], slugs: Sequence[str]) -> list[Place]:
    by_slug = {each.slug: each for each in model.objects.all()}
    return [by_slug[slug] for slug in slugs]
