"""What a visitor wants to see of the shop, and the products that fit it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import F, Q

from storefront.catalogue.models import Product, ProductQuerySet


class Sort(StrEnum):
    """In which order products are listed."""

    FEATURED = "featured"
    NEW = "new"
    PRICE_UP = "price"
    PRICE_DOWN = "-price"


class Group(StrEnum):
    """By what products are filtered with names to choose from."""

    CRAFT = "craft"
    DISTRICT = "district"
    MAKER = "maker"


ORDER: dict[Sort, tuple[str, ...]] = {
    Sort.FEATURED: ("-priority", "-date_created", "-pk"),
    Sort.NEW: ("-date_created", "-pk"),
    Sort.PRICE_UP: ("stockrecords__price", "-pk"),
    Sort.PRICE_DOWN: ("-stockrecords__price", "-pk"),
}
FIELD: dict[Group, str] = {
    Group.CRAFT: "craft_id",
    Group.DISTRICT: "district_id",
    Group.MAKER: "artisan_id",
}
IS_FREE = Q(stockrecords__num_in_stock__gt=F("stockrecords__num_allocated"))


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What somebody asked for: names as slugs, prices in rupees; nothing is checked yet.

    `in_stock` means ready to send: what is still to be made does not fit it.
    """

    crafts: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    in_stock: bool = False
    sort: Sort = Sort.FEATURED
    page: int = 1

    @property
    def is_about_names(self) -> bool:
        """Return whether neither price nor stock narrows it."""
        return self.price_from is None and self.price_to is None and not self.in_stock

    def names(self, group: Group) -> tuple[str, ...]:
        """Return the slugs asked for in a group."""
        return {
            Group.CRAFT: self.crafts,
            Group.DISTRICT: self.districts,
            Group.MAKER: self.makers,
        }[group]


def fitting(wish: Wish, chosen: dict[Group, list[int]]) -> ProductQuerySet:
    """Return the live products that fit; `chosen` holds the keys behind the names of a group."""
    fits = Q()
    for group, keys in chosen.items():
        if keys:
            fits &= Q(**{f"{FIELD[group]}__in": keys})
    if wish.price_from is not None:
        fits &= Q(stockrecords__price__gte=wish.price_from)
    if wish.price_to is not None:
        fits &= Q(stockrecords__price__lte=wish.price_to)
    if wish.in_stock:
        fits &= IS_FREE & Q(lead_days=0)
    # One filter call, so that all conditions on the stock record share one join.
    found: ProductQuerySet = Product.objects.live().filter(fits)
    return found
