"""A basket is closed by the order that is written of it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from storefront.basket.models import Basket
from storefront.basket.queries import lines_in_reach
from storefront.core.compiled import compiled
from storefront.core.statements import rows_of

# Looked at, locked and closed by one statement: every order begins with it.
CLOSE = """
    UPDATE basket_basket SET status = %s, date_submitted = %s
    WHERE id = %s AND status = %s
    RETURNING version, owner_id
"""


def close(basket: Basket, *, now: datetime) -> bool:
    """
    Close an open basket and lock it until the transaction ends; false if it was closed already.

    Its version and owner are those of now.
    """
    for closed in rows_of(CLOSE, [Basket.FROZEN, now, basket.pk, Basket.OPEN]):
        basket.version, basket.owner_id = closed
        return True
    return False


def lines_to_order(basket: Basket, *, now: datetime) -> list[Any]:
    """
    Return a closed basket's lines in the order they were added, their stock records locked.

    Prices and stock stand still from here on. What a basket holds is always of its lines, so
    these are all the stock records that its order can change.
    """
    return sorted(_lines_locked(basket.pk, now), key=lambda line: line.pk)


@compiled
def _lines_locked(basket_id: int, now: datetime) -> QuerySet[Any]:
    # PostgreSQL brings them into order first and locks then: in pk order, as everywhere.
    lines = lines_in_reach(basket_id, now).order_by("stockrecord_id")
    return lines.select_for_update(of=("stockrecord",))


def close_again(basket: Basket, *, version: int) -> None:
    """
    Undo `reopen` of the basket that was ordered at this version, so that nobody buys twice.

    One that was changed since stays open: it is another wish by now.
    """
    Basket.objects.filter(pk=basket.pk, status=Basket.OPEN, version=version + 1).update(
        status=Basket.FROZEN, version=version
    )
