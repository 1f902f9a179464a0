"""What the API reads that the shop's own pages do not."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext

from storefront.api.errors import mistake
from storefront.atlas.models import Craft, District
from storefront.basket.models import Basket
from storefront.catalogue.models import Artisan, Product
from storefront.catalogue.queries.filters import Group, Wish, fitting
from storefront.core.refusals import Refusal
from storefront.order.models import Order, SellerOrder
from storefront.order.queries import order_by_token, part_in

Named = TypeVar("Named", bound=Model)
MODELS: dict[Group, type[Model]] = {
    Group.CRAFT: Craft,
    Group.DISTRICT: District,
    Group.MAKER: Artisan,
}


class NoSuchBasket(Refusal):
    """Nobody's token, or a signed-in person's."""

    code = "no-such-basket"


class NoSuchOrder(Refusal):
    """Nobody's token."""

    code = "no-such-order"


class NoSuchPart(Refusal):
    """No part of this order."""

    code = "no-such-part"


def guest_basket(token: str) -> Basket:
    """
    Return the basket behind a guest's token, open or ordered.

    Raises:
        NoSuchBasket: nobody's token, or a signed-in person's.
    """
    baskets = Basket.objects.filter(token=token, owner=None)
    found = baskets.filter(status__in=[Basket.OPEN, Basket.FROZEN]).first()
    if found is None:
        raise NoSuchBasket(gettext("No guest's basket has this token."))
    return found


def placed_order(token: str) -> Order:
    """
    Return the order of a tracking link.

    Raises:
        NoSuchOrder: there is none.
    """
    found = order_by_token(token)
    if found is None:
        raise NoSuchOrder(gettext("No order has this token."))
    return found


def placed_part(token: str, number: str) -> SellerOrder:
    """
    Return the part with this number of the order of a tracking link.

    Raises:
        NoSuchOrder, NoSuchPart: there is none.
    """
    found = part_in(placed_order(token), number)
    if found is None:
        raise NoSuchPart(gettext("The order has no part with this number."))
    return found


def products(wish: Wish) -> QuerySet[Product]:
    """
    Return the products that fit; their cards are what `product_out` reads.

    One query for each group of names that is asked for.

    Raises:
        ValidationError: a district, craft or maker that does not exist.
    """
    found = fitting(wish, {group: _keys(group, wish.names(group)) for group in Group})
    return found.filter(stockrecords__isnull=False, district__isnull=False, craft__isnull=False)


def _keys(group: Group, slugs: tuple[str, ...]) -> list[int]:
    if not slugs:
        return []
    rows = MODELS[group]._default_manager.filter(slug__in=slugs)  # noqa: SLF001 -- Django's public name
    known = dict(rows.values_list("slug", "pk"))
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        message = gettext("Nothing is called %(names)s.") % {"names": ", ".join(unknown)}
        raise mistake(message, "query", str(group))
    return list(known.values())
