"""Products and makers as small cards; of products in one query however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language

from storefront.catalogue.models import Artisan, Product, ProductImage
from storefront.catalogue.queries.stock import is_pretending, stock_of
from storefront.catalogue.rules import StockState
from storefront.core.money import grouped
from storefront.core.statements import rows_of
from storefront.core.words import in_language
from storefront.media.queries import (
    PICTURE,
    PictureTold,
    PictureView,
    picture_of,
    picture_view,
    with_renditions,
)
from storefront.media.rules import Use, specs

# A card with its texts and addresses takes some three kilobytes of memory.
MOST_REMEMBERED = 4000


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list. `price` in rupees with GST; `free` pieces nobody was promised."""

    id: int
    title: str
    url: str
    price: Decimal
    price_text: str
    picture: PictureView | None
    district_slug: str
    district_name: str
    district_url: str
    craft_slug: str
    craft_name: str
    maker_slug: str
    maker_name: str
    stock_state: StockState
    stock_text: str
    free: int
    held_until: datetime | None
    is_one_of_a_kind: bool


@dataclass(frozen=True, slots=True)
class MakerCard:
    """A maker in a list, or beside a product; without a `url` they are not to be named."""

    name: str
    url: str
    picture: PictureView | None
    craft_name: str
    town: str


def maker_card(maker: Artisan, picture: PictureView | None) -> MakerCard:
    """Return a maker's card with this picture; asks for the craft unless it was read before."""
    return MakerCard(
        name=maker.name,
        url=maker.get_absolute_url() if maker.is_named else "",
        picture=picture,
        craft_name=maker.craft.name,
        town=maker.town,
    )


def cards(products: QuerySet[Product]) -> list[Card]:
    """Return the cards of these products, in their order; one query more than `cards_of`."""
    return cards_of(products.values_list("pk", flat=True))


def cards_of(numbers: Iterable[int], *, on_sale: bool = False) -> list[Card]:
    """
    Return the cards of the products with these numbers, in the same order.

    One query, of what is shown only; products without a price are left out, and those withdrawn
    too if only what is `on_sale` is asked for.
    """
    wanted = list(numbers)
    if not wanted:
        return []
    asked = {"wanted": wanted, "specs": specs(Use.CARD), "on_sale": on_sale}
    rows = {columns[0]: columns for columns in rows_of(_CARDS, asked)}
    return [_card_of(rows[number]) for number in wanted if number in rows]


# Every list asks it: the ORM would spend ten times as long on making the same statement.
_CARDS = f"""
    SELECT product.id, product.slug, product.title_en, product.title_hi, lead_days,
        is_one_of_a_kind, price, num_in_stock - num_allocated, held_until,
        district.slug, district.name_en, district.name_hi,
        craft.slug, craft.name_en, craft.name_hi,
        CASE WHEN artisan.is_named THEN artisan.slug END, artisan.name_en, artisan.name_hi,
        {PICTURE}
    FROM catalogue_product product
    JOIN partner_stockrecord stock ON stock.product_id = product.id
    JOIN atlas_district district ON district.id = product.district_id
    JOIN atlas_craft craft ON craft.id = product.craft_id
    LEFT JOIN catalogue_artisan artisan ON artisan.id = product.artisan_id
    LEFT JOIN media_picture picture ON picture.id = (
        SELECT image_id FROM catalogue_productimage
        WHERE product_id = product.id AND image_id IS NOT NULL
        ORDER BY display_order, id LIMIT 1
    )
    WHERE product.id = ANY(%(wanted)s) AND (product.is_public OR NOT %(on_sale)s)
"""  # noqa: S608 -- what is put in is our own text


class Row(NamedTuple):
    """What the database knows of a card."""

    id: int
    slug: str
    title_en: str
    title_hi: str | None
    lead_days: int
    is_one_of_a_kind: bool
    price: Decimal
    free: int
    held_until: datetime | None
    district_slug: str
    district_en: str
    district_hi: str | None
    craft_slug: str
    craft_en: str
    craft_hi: str | None
    maker_slug: str | None
    maker_en: str | None
    maker_hi: str | None


_OWN = len(Row._fields)


def _card_of(columns: tuple[Any, ...]) -> Card:
    """Return the card of a product's columns, followed by those of its picture."""
    row = Row._make(columns[:_OWN])
    if row.held_until or is_pretending():  # what it says changes with the time, or is not so
        return _card(row, picture_of(columns[_OWN:], Use.CARD))
    return _remembered(columns, get_language())


@lru_cache(MOST_REMEMBERED)
def _remembered(columns: tuple[Any, ...], language: str | None) -> Card:
    """Return the card of these columns in this language: it follows from them alone."""
    return _card(Row._make(columns[:_OWN]), picture_of(columns[_OWN:], Use.CARD))


def _card(row: Row, picture: PictureView | None) -> Card:
    stock = stock_of(row, free=row.free, held_until=row.held_until)
    return Card(
        id=row.id,
        title=in_language(row.title_en, row.title_hi),
        url=reverse("product", args=[row.slug, row.id]),
        price=row.price,
        price_text=grouped(row.price),
        picture=picture,
        district_slug=row.district_slug,
        district_name=in_language(row.district_en, row.district_hi),
        district_url=reverse("district", args=[row.district_slug]),
        craft_slug=row.craft_slug,
        craft_name=in_language(row.craft_en, row.craft_hi),
        maker_slug=row.maker_slug or "",
        maker_name=capfirst(in_language(row.maker_en, row.maker_hi)),
        stock_state=stock.state,
        stock_text=stock.text,
        free=stock.free,
        held_until=stock.held_until,
        is_one_of_a_kind=row.is_one_of_a_kind,
    )


def main_picture_of(product: str) -> Subquery:
    """Return the number of a product's first picture, as a column beside `product`."""
    images = ProductImage.objects.filter(product=OuterRef(product), image__isnull=False)
    return Subquery(images.order_by("display_order", "pk").values("image")[:1])


def main_picture_told(product: str, use: Use) -> PictureTold:
    """Return a product's first picture, as a column beside `product`; `told_picture` reads it."""
    return PictureTold(main_picture_of(product), use)


def with_pictures(*uses: Use) -> tuple[Prefetch[str], Prefetch[str]]:
    """Return the two prefetches that bring a product's pictures along, in their order."""
    images = ProductImage.objects.select_related("image").order_by("display_order", "pk")
    return Prefetch("images", images), with_renditions("images__image__renditions", *uses)


def main_picture(product: Product, use: Use) -> PictureView | None:
    """Return the product's first picture, if it has one that is on show."""
    pictures = (shown.image for shown in product.images.all())
    first = next((picture for picture in pictures if picture is not None), None)
    return picture_view(first, use) if first else None
