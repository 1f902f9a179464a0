"""What the API reads that the shop's own pages do not."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext

from storefront.api.errors import mistake
from storefront.basket.models import Basket
from storefront.catalogue.models import Product
from storefront.catalogue.queries.filters import Chosen, Group, Wish, fitting
from storefront.catalogue.queries.tally import whole_shop
from storefront.core.refusals import Refusal
from storefront.order.models import Order, SellerOrder
from storefront.order.queries import order_by_token, part_in


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

    Names cost one query, and none while the shop's counts are kept.

    Raises:
        ValidationError: a district, craft, colour or another name that does not exist.
    """
    asked = [group for group in Group if wish.names(group)]
    found = fitting(wish, _keys(wish, asked) if asked else {})
    return found.filter(stockrecords__isnull=False, district__isnull=False, craft__isnull=False)


def _keys(wish: Wish, asked: Sequence[Group]) -> Chosen:
    tally = whole_shop()
    for group in asked:
        unknown = [slug for slug in wish.names(group) if slug not in tally.bearers[group]]
        if unknown:
            message = gettext("Nothing is called %(names)s.") % {"names": ", ".join(unknown)}
            raise mistake(message, "query", str(group))
    return tally.keys(wish)
