"""Products as small cards: the same everywhere, in four queries however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from storefront.catalogue.models import Product, ProductImage
from storefront.catalogue.queries.stock import stock_of
from storefront.catalogue.rules import StockState
from storefront.core.money import grouped
from storefront.media.queries import PictureView, picture_view, with_renditions
from storefront.media.rules import Use

Products = TypeVar("Products", bound=QuerySet[Product])


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list. `price` in rupees with GST; `free` pieces nobody was promised."""

    id: int
    title: str
    url: str
    price: Decimal
    price_text: str
    picture: PictureView | None
    district_name: str
    district_url: str
    craft_name: str
    maker_name: str
    stock_state: StockState
    stock_text: str
    free: int
    is_one_of_a_kind: bool


def for_cards(products: Products, *uses: Use) -> Products:
    """Return the queryset with all that `cards` reads."""
    return products.select_related("district", "craft", "artisan").prefetch_related(
        "stockrecords", *with_pictures(*(uses or (Use.CARD,)))
    )


def with_pictures(*uses: Use) -> tuple[Prefetch[str], Prefetch[str]]:
    """Return the two prefetches that bring a product's pictures along, in their order."""
    images = ProductImage.objects.select_related("image").order_by("display_order", "pk")
    return Prefetch("images", images), with_renditions("images__image__renditions", *uses)


def cards(products: Iterable[Product]) -> list[Card]:
    """Return cards in the same order; products without a price are left out."""
    return [card for product in products if (card := _card(product))]


def _card(product: Product) -> Card | None:
    record = next(iter(product.stockrecords.all()), None)
    if record is None or product.district is None or product.craft is None:
        return None
    stock = stock_of(product, free=record.free, held_until=record.held_until)
    return Card(
        id=product.pk,
        title=product.title,
        url=product.get_absolute_url(),
        price=record.price,
        price_text=grouped(record.price),
        picture=main_picture(product, Use.CARD),
        district_name=product.district.name,
        district_url=reverse("district", args=[product.district.slug]),
        craft_name=product.craft.name,
        maker_name=product.artisan.name if product.artisan else "",
        stock_state=stock.state,
        stock_text=stock.text,
        free=stock.free,
        is_one_of_a_kind=product.is_one_of_a_kind,
    )


def main_picture(product: Product, use: Use) -> PictureView | None:
    """Return the product's first picture, if it has one."""
    pictures = (shown.image for shown in product.images.all())
    first = next((picture for picture in pictures if picture is not None), None)
    return picture_view(first, use) if first else None
