"""One product as its page shows it, and pieces like it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import QuerySet, Value

from storefront.catalogue.models import Product
from storefront.catalogue.queries.cards import Card, MakerCard, cards_of, maker_card
from storefront.catalogue.queries.filters import IS_FREE, ORDER, Sort
from storefront.catalogue.queries.said import Said
from storefront.catalogue.queries.stock import Stock, stock_of
from storefront.catalogue.rules import ProductState
from storefront.core.compiled import compiled
from storefront.core.plugs import plug
from storefront.core.statements import rows_of
from storefront.core.words import plain, told
from storefront.media.queries import PICTURE, PictureView, picture_of
from storefront.media.rules import Use, specs

ALIKE = 4


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells it: the name and address every product page must bear."""

    name: str
    town: str
    address: str
    gstin: str
    enrolment_number: str


class Delivery(Protocol):
    """What one piece costs to send to some states, in rupees; without any: to the others."""

    @property
    def charge(self) -> Decimal:
        """What is paid for it, GST included."""

    @property
    def days_min(self) -> int:
        """Days on the road at least."""

    @property
    def days_max(self) -> int:
        """Days on the road at most."""

    @property
    def regions(self) -> tuple[str, ...]:
        """Codes of the states, such as UP."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What it costs in rupees with GST, how many there are, and whose it is."""

    price: Decimal
    stock: Stock
    seller: Seller
    deliveries: list[Delivery]


@dataclass(frozen=True, slots=True)
class Alike:
    """
    Other pieces that can be bought: of the same maker, and of the same craft by others.

    Where these are few, of other crafts of the same district.
    """

    by_maker: list[Card]
    of_craft: list[Card]
    of_district: list[Card]


@dataclass(frozen=True, slots=True)
class ProductPage:
    """All that a product's own page shows of it."""

    product: Product
    offer: Offer
    pictures: list[PictureView]
    maker: MakerCard | None
    said: Said

    @property
    def review_count(self) -> int:
        """Return how many published reviews there are."""
        return self.said.count


def shown_product(product_id: int) -> Product | None:
    """Return a product that has a page: a live one, or one that was on sale once."""
    return next(iter(_shown(product_id)), None)


@compiled
def _shown(product_id: int) -> QuerySet[Product]:
    known = (ProductState.LIVE, ProductState.WITHDRAWN)
    found = Product.objects.filter(pk=product_id, state__in=known)
    return found.select_related("district", "craft", "artisan__craft", "gi_right")


def product_page(product: Product) -> ProductPage | None:
    """Return what a live product's page shows, or nothing if nobody offers it; four queries."""
    offer = _offer(product)
    if offer is None:
        return None
    pictures, portrait = _looks(product)
    return ProductPage(
        product=product,
        offer=offer,
        pictures=pictures,
        maker=maker_card(product.artisan, portrait) if product.artisan else None,
        said=plug("SAID_OF_PRODUCT")(product.pk),
    )


def alike(product: Product) -> Alike:
    """Return pieces that can be bought instead of, or beside, this one; three queries."""
    found = _alike(product.pk, product.artisan_id, product.craft_id, product.district_id)
    shown = {card.id: card for card in cards_of(number for _, number in found)}
    mine, others, near = (
        [shown[number] for row, number in found if row == wanted and number in shown]
        for wanted in range(3)
    )
    # The third row only fills what the first two left of theirs.
    room = max(0, ALIKE - len(mine) - len(others))
    return Alike(by_maker=mine, of_craft=others, of_district=near[:room])


@compiled
def _alike(
    product_id: int, artisan_id: int | None, craft_id: int | None, district_id: int | None
) -> QuerySet[Any, tuple[int, int]]:
    """Return pieces of the same maker (0), craft (1) and district (2): which, and their number."""
    offered = Product.objects.live().filter(IS_FREE).exclude(pk=product_id)
    offered = offered.order_by(*ORDER[Sort.FEATURED])
    same = {"artisan": artisan_id, "craft": craft_id, "district": district_id}
    rows: list[QuerySet[Any, tuple[int, int]]] = []
    for row, (field, key) in enumerate(same.items()):
        fitting = offered.filter(**{field: key}) if key else offered.none()
        rows.append(fitting.annotate(row=Value(row)).values_list("row", "pk")[:ALIKE])
        if key:  # what one row shows, the next does not
            offered = offered.exclude(**{field: key})
    return rows[0].union(*rows[1:], all=True)


def _offer(product: Product) -> Offer | None:
    row = next(iter(_offers(product.pk)), None)
    if row is None:
        return None
    price, in_stock, promised, held_until, kind, iso, *who = row
    name, town, *places, gstin, enrolment_number = who
    return Offer(
        price=price,
        stock=stock_of(product, free=in_stock - promised, held_until=held_until),
        seller=Seller(
            name=name,
            town=town,
            # A town often bears its district's name; it is said once.
            address=", ".join(dict.fromkeys(place for place in (town, *places) if place)),
            gstin=gstin,
            enrolment_number=enrolment_number,
        ),
        deliveries=plug("DELIVERIES_OF_PRODUCT")(
            weight_g=product.weight_g,
            box=product.box,
            seller_kind=kind,
            seller_state=(iso or "").removeprefix("IN-"),
        ),
    )


@compiled
def _offers(product_id: int) -> QuerySet[Any, tuple[Any, ...]]:
    seller = ("town", "district__name", "state__name")
    return (
        plain(Product.stockrecords.rel.related_model)
        .filter(product=product_id)
        .values_list(
            "price",
            "num_in_stock",
            "num_allocated",
            "held_until",
            "partner__kind",
            "partner__state__iso",
            told("partner__name"),
            *(told(f"partner__{field}") for field in seller),
            "partner__pin",
            "partner__gstin",
            "partner__enrolment_number",
        )
        .order_by("pk")
    )


def _looks(product: Product) -> tuple[list[PictureView], PictureView | None]:
    """Return the product's pictures in their order, and its maker's portrait; one query."""
    portrait = product.artisan.portrait_id if product.artisan else None
    asked = {
        "product": product.pk,
        "portrait": portrait,
        "specs": specs(Use.PRODUCT, Use.CARD),
    }
    rows = rows_of(_LOOKS, asked)
    own = [picture_of(columns, Use.PRODUCT) for place, _, *columns in rows if place is not None]
    of_maker = [picture_of(columns, Use.CARD) for place, _, *columns in rows if place is None]
    return list(filter(None, own)), next(iter(of_maker), None)


# Every product's page asks it: the ORM would take three queries, and ten times as long.
_LOOKS = f"""
    SELECT display_order, image.id, {PICTURE}
    FROM catalogue_productimage image JOIN media_picture picture ON picture.id = image_id
    WHERE product_id = %(product)s
    UNION ALL
    SELECT NULL, NULL, {PICTURE} FROM media_picture picture WHERE id = %(portrait)s
    ORDER BY 1, 2
"""  # noqa: S608 -- what is put in is our own text
