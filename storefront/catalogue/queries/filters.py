"""What a visitor wants to see of the shop, and the products that fit it."""

from collections.abc import Mapping, Sequence
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
    """By what products are filtered with names to choose from; several of one group are either."""

    CRAFT = "craft"
    DISTRICT = "district"
    MATERIAL = "material"
    COLOUR = "colour"
    MAKER = "maker"
    SELLER = "seller"
    COUNTRY = "country"


class Flag(StrEnum):
    """What is simply asked for or not."""

    IN_STOCK = "in_stock"
    READY = "ready"
    GI = "gi"


Key = int | str
Chosen = Mapping[Group, Sequence[Key]]

ORDER: dict[Sort, tuple[str, ...]] = {
    Sort.FEATURED: ("-priority", "-date_created", "-pk"),
    Sort.NEW: ("-date_created", "-pk"),
    Sort.PRICE_UP: ("stockrecords__price", "-pk"),
    Sort.PRICE_DOWN: ("-stockrecords__price", "-pk"),
}
# What a wish calls the names of a group.
WORDS: dict[Group, str] = {
    Group.CRAFT: "crafts",
    Group.DISTRICT: "districts",
    Group.MATERIAL: "materials",
    Group.COLOUR: "colours",
    Group.MAKER: "makers",
    Group.SELLER: "sellers",
    Group.COUNTRY: "countries",
}
# One product has many of these: asked as "among", so that it is found once.
_MANY = {
    Group.MATERIAL: (Product.made_of.through, "material"),
    Group.COLOUR: (Product.colours.through, "colour"),
}
_FIELD = {
    Group.CRAFT: "craft_id",
    Group.DISTRICT: "district_id",
    Group.MAKER: "artisan_id",
    Group.SELLER: "stockrecords__partner_id",
    Group.COUNTRY: "country_of_origin",
}
IS_FREE = Q(stockrecords__num_in_stock__gt=F("stockrecords__num_allocated"))
_MEANS = {
    Flag.IN_STOCK: IS_FREE,
    Flag.READY: IS_FREE & Q(lead_days=0),
    Flag.GI: Q(gi_right__isnull=False),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What somebody asked for: names as slugs, prices in rupees; nothing is checked yet.

    `in_stock` is what can be bought now, made to order or not; `ready` leaves at once.
    """

    crafts: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    sellers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    in_stock: bool = False
    ready: bool = False
    gi: bool = False
    sort: Sort = Sort.FEATURED
    page: int = 1

    def names(self, group: Group) -> tuple[str, ...]:
        """Return the slugs asked for in a group."""
        found: tuple[str, ...] = getattr(self, WORDS[group])
        return found

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Return what else is asked for."""
        asked = {Flag.IN_STOCK: self.in_stock, Flag.READY: self.ready, Flag.GI: self.gi}
        return tuple(flag for flag, is_asked in asked.items() if is_asked)


def fitting(wish: Wish, chosen: Chosen) -> ProductQuerySet:
    """Return the live products that fit; `chosen` holds the keys behind the names of a group."""
    fits = Q()
    for group, keys in chosen.items():
        if keys:
            fits &= _among(group, keys)
    if wish.price_from is not None:
        fits &= Q(stockrecords__price__gte=wish.price_from)
    if wish.price_to is not None:
        fits &= Q(stockrecords__price__lte=wish.price_to)
    for flag in wish.flags:
        fits &= _MEANS[flag]
    # One filter call, so that all conditions on the stock record share one join.
    found: ProductQuerySet = Product.objects.live().filter(fits)
    return found


def _among(group: Group, keys: Sequence[Key]) -> Q:
    if group not in _MANY:
        return Q(**{f"{_FIELD[group]}__in": keys})
    through, column = _MANY[group]
    rows = through._default_manager.filter(**{f"{column}__in": keys})  # noqa: SLF001 -- Django's public name
    return Q(pk__in=rows.values("product"))
