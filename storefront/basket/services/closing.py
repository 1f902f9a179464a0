"""A basket is closed by the order that is written of it."""

from datetime import datetime

from storefront.basket.models import Basket
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


def close_again(basket: Basket, *, version: int) -> None:
    """
    Undo `reopen` of the basket that was ordered at this version, so that nobody buys twice.

    One that was changed since stays open: it is another wish by now.
    """
    Basket.objects.filter(pk=basket.pk, status=Basket.OPEN, version=version + 1).update(
        status=Basket.FROZEN, version=version
    )
