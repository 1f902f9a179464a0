"""Reading baskets and their lines; asked at every step of a purchase, so the SQL is kept."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from storefront.accounts.models import User
from storefront.basket.models import Basket, Line
from storefront.catalogue.queries import main_picture_told
from storefront.core.compiled import compiled
from storefront.discounts.queries import in_force
from storefront.media.rules import Use
from storefront.stock.queries import kept_until, within_reach

# Of no use in a basket, and read at every step of a purchase.
LONG_WORDS = [
    f"product__{name}{language}"
    for name in ("description", "meta_title", "meta_description", "materials")
    for language in ("", "_en", "_hi")
]


def open_basket(*, user: User | None, token: str) -> Basket | None:
    """Return the person's open basket, or the one whose token a guest holds."""
    if user is not None:
        found = _open_baskets_of(user.pk)
    else:
        found = _open_baskets_held(token) if token else []
    return found[0] if found else None


@compiled
def _open_baskets_of(user_id: int) -> QuerySet[Basket]:
    return Basket.objects.filter(status=Basket.OPEN, owner=user_id).order_by("-pk")


@compiled
def _open_baskets_held(token: str) -> QuerySet[Basket]:
    return Basket.objects.filter(status=Basket.OPEN, owner=None, token=token)


def pieces_in(basket: Basket | None) -> int:
    """Return how many pieces a basket holds."""
    if basket is None:
        return 0
    return Line.objects.filter(basket=basket).aggregate(n=Sum("quantity"))["n"] or 0


@compiled
def lines_of(basket_id: int, now: datetime) -> QuerySet[Any]:
    """Return a basket's lines as they are priced, in the order they were added."""
    return _lines(basket_id, now)


@compiled
def lines_shown(basket_id: int, now: datetime) -> QuerySet[Any]:
    """Return a basket's lines as `lines_in_reach`, with what is told of the picture of each."""
    lines = lines_in_reach(basket_id, now)
    pictured: QuerySet[Any] = lines.annotate(picture=main_picture_told("product", Use.CARD))
    return pictured


def lines_in_reach(basket_id: int, now: datetime) -> QuerySet[Any]:
    """Find a basket's lines, with how many promised pieces are in its reach and until when."""
    reach, until = within_reach(basket_id, now=now), kept_until(basket_id, now=now)
    found: QuerySet[Any] = _lines(basket_id, now).annotate(reach=reach, kept_until=until)
    return found


def _lines(basket_id: int, now: datetime) -> QuerySet[Any]:
    """Find a basket's lines with product and seller, and with what may be taken off them."""
    lines = Line.objects.filter(basket=basket_id).select_related("product", "stockrecord__partner")
    priced: QuerySet[Any] = lines.annotate(**in_force(basket_id, now))
    return priced.order_by("pk").defer(*LONG_WORDS)
