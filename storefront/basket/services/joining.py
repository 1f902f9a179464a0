"""Two baskets become one: of a guest who signed in, or of whoever gets an old one back."""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.db.models import F

from storefront.accounts.models import User
from storefront.basket.models import Basket, Line
from storefront.basket.queries import open_basket
from storefront.basket.services.lines import (
    BasketIsClosed,
    ensure_basket,
    lock_open,
    renew_holds,
    touch,
)
from storefront.core.clock import now


@transaction.atomic
def claim(*, user: User, token: str) -> Basket:
    """
    Give a guest's basket to the person who just signed in, joined with what they had.

    Quantities are the larger of the two, so that signing in twice doubles nothing.
    """
    guests = open_basket(user=None, token=token)
    if guests is None:
        return ensure_basket(user=user, token="")
    unclaimed = Basket.objects.filter(pk=guests.pk, owner=None, status=Basket.OPEN)
    with suppress(IntegrityError), transaction.atomic():  # they have one of their own
        if unclaimed.update(owner=user):
            guests.owner = user
            return guests
    mine = ensure_basket(user=user, token="")
    try:
        join(mine, guests)
    except BasketIsClosed:  # one of them was ordered or claimed at this very moment
        return ensure_basket(user=user, token="")
    return mine


@transaction.atomic
def join(basket: Basket, other: Basket) -> None:
    """
    Put what is in the other basket into this one; of what both hold, the larger number stays.

    Raises:
        BasketIsClosed: one of them was ordered meanwhile; nothing changed.
    """
    if _join_lines(basket, other, status=Basket.OPEN):
        renew_holds(basket, now=now(), joined=other)


@transaction.atomic
def reopen(basket: Basket) -> None:
    """
    Let the buyer use a basket again whose order came to nothing; its version moves on.

    A person has one open basket: what was ordered goes into the one they began meanwhile. It
    holds what it held: the caller is about to lock stock, which may happen only once.
    """
    frozen = Basket.objects.filter(pk=basket.pk, status=Basket.FROZEN)
    while frozen.exists():
        since = open_basket(user=basket.owner, token="") if basket.owner else None
        # Refused if another basket was begun or ordered at this very moment: then look again.
        with suppress(IntegrityError, BasketIsClosed), transaction.atomic():
            if since is None:
                frozen.update(status=Basket.OPEN, version=F("version") + 1)
            else:
                _join_lines(since, basket, status=Basket.FROZEN)


def _join_lines(basket: Basket, other: Basket, *, status: str) -> bool:
    """
    Put what is in the other basket, which has this status, into an open one.

    Return whether one of them holds pieces.
    """
    wanted = sorted(((basket, Basket.OPEN), (other, status)), key=lambda pair: pair[0].pk)
    is_holding = [lock_open(each, status=needed) for each, needed in wanted]
    have = {line.stockrecord_id: line for line in Line.objects.filter(basket=basket)}
    for line in Line.objects.filter(basket=other):
        known = have.get(line.stockrecord_id)
        if known is None:
            Line.objects.filter(pk=line.pk).update(basket=basket)
        else:
            earlier, later = sorted((known, line), key=lambda each: each.date_created)
            touches = earlier.touches.joined(later.touches)
            Line.objects.filter(pk=known.pk).update(
                quantity=max(line.quantity, known.quantity),
                first_story=touches.first,
                last_story=touches.last,
            )
    basket.vouchers.add(*other.vouchers.all())
    Basket.objects.filter(pk=other.pk).update(status=Basket.MERGED)
    touch(basket)
    return any(is_holding)
