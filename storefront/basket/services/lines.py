"""Putting things into a basket and taking them out."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, QuerySet
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.basket.models import Basket, Line
from storefront.basket.queries import open_basket
from storefront.basket.rules import MOST_OF_ONE
from storefront.catalogue.queries import held_text
from storefront.catalogue.rules import ProductState
from storefront.core.clock import now as clock_now
from storefront.core.compiled import compiled
from storefront.core.inserted import change, insert
from storefront.core.refusals import Refusal
from storefront.partner.models import StockRecord
from storefront.stock.queries import is_held, within_reach
from storefront.stock.rules import KEPT_FOR
from storefront.stock.services import Pieces, keep


class CannotAdd(Refusal):
    """The product cannot go into a basket, or not that many of it."""

    code = "cannot-add"


class BasketIsClosed(Refusal):
    """The basket was ordered already, or does not exist."""

    code = "basket-closed"


def ensure_basket(*, user: User | None, token: str) -> Basket:
    """Return the person's open basket; make one if there is none, also when asked twice at once."""
    if user is not None:
        return Basket.objects.get_or_create(owner=user, status=Basket.OPEN)[0]
    return open_basket(user=None, token=token) or insert([Basket()])[0]


def add(basket: Basket, *, product_id: int, quantity: int, story: UUID | None = None) -> Line:
    """
    Put pieces into the basket at today's price; the same product adds up on one line.

    `story` is the key of the story the buyer takes it out of, if any.

    Raises:
        CannotAdd: the product is not for sale, or fewer pieces are free.
        BasketIsClosed: it was ordered meanwhile.
    """
    with transaction.atomic():
        is_holding = lock_open(basket)
        offered = _offered(product_id, basket.pk, clock_now())
        if not offered:
            raise CannotAdd(gettext("This is no longer sold."))
        record = offered[0]
        line = next(iter(_lines_with(basket.pk, record.pk)), None)
        total = quantity + (line.quantity if line else 0)
        _check_quantity(total, record, free=record.free + record.reach)
        if line is None:
            line = Line(basket=basket, product=record.product, stockrecord=record)
            line.line_reference = str(record.pk)
        line.touches = line.touches.then(story)
        _price(line, record, total)
        touch(basket)
        if is_holding:
            _renew_holds(basket)
    return line


@compiled
def _offered(product_id: int, basket_id: int, now: datetime) -> QuerySet[Any]:
    """Return what is for sale of a product, with how many promised pieces the basket may have."""
    reach = within_reach(basket_id, now=now, of="pk")
    records = StockRecord.objects.select_related("product").annotate(reach=reach)
    return records.filter(product=product_id, product__state=ProductState.LIVE).order_by("pk")


@compiled
def _lines_with(basket_id: int, stockrecord_id: int) -> QuerySet[Line]:
    return Line.objects.filter(basket=basket_id, stockrecord=stockrecord_id)


def set_quantity(basket: Basket, *, line_id: int, quantity: int) -> None:
    """
    Change how many pieces a line has, at today's price; none removes it.

    A line that is gone already is no error: two tabs may both have removed it.

    Raises:
        CannotAdd: fewer pieces are free.
        BasketIsClosed: it was ordered meanwhile.
    """
    with transaction.atomic():
        is_holding = lock_open(basket)
        line = (
            Line.objects.select_related("stockrecord", "product")
            .annotate(reach=within_reach(basket.pk, now=clock_now()))
            .filter(basket=basket, pk=line_id)
            .first()
        )
        if line is None:
            return
        if quantity <= 0:
            line.delete()
        else:
            record = line.stockrecord
            _check_quantity(quantity, record, free=record.free + line.reach)
            _price(line, record, quantity)
        touch(basket)
        if is_holding:
            _renew_holds(basket)


def hold(basket: Basket, *, now: datetime) -> None:
    """
    Keep the basket's pieces for `KEPT_FOR` while its buyer is at the checkout.

    Of a line that cannot be had in full, what there is of it. Each call, and each change of
    the basket, gives the whole time again.

    Raises:
        BasketIsClosed: it was ordered meanwhile.
    """
    with transaction.atomic():
        lock_open(basket)
        keep(_pieces(basket), basket_id=basket.pk, until=now + KEPT_FOR, now=now)


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
        _renew_holds(basket, joined=other)


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


def lock_open(basket: Basket, *, status: str = Basket.OPEN) -> bool:
    """
    Lock a basket until the transaction ends; its version is the one of now.

    Return whether it holds pieces: its buyer was at the checkout already.

    Raises:
        BasketIsClosed: it has another status or another owner by now.
    """
    found = _locked(basket.pk, status, basket.owner_id)
    if not found:
        raise BasketIsClosed(gettext("This basket was ordered already."))
    [(basket.version, is_holding)] = found
    return is_holding


@compiled
def _locked(basket_id: int, status: str, owner_id: int | None) -> QuerySet[Any, tuple[int, bool]]:
    same = Basket.objects.filter(pk=basket_id, status=status, owner=owner_id)
    return same.select_for_update().values_list("version", is_held(OuterRef("pk")))


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


def touch(basket: Basket) -> None:
    """Note that a basket changed, which is locked."""
    change([basket], version=basket.version + 1)


def _price(line: Line, record: StockRecord, quantity: int) -> None:
    line.quantity = quantity
    line.price_currency = "INR"
    line.price_incl_tax = record.price
    if line.pk:
        line.save()
    else:
        insert([line])


def _pieces(basket: Basket) -> Iterable[Pieces]:
    """Return what a basket can hold: the pieces of its lines that are for sale."""
    return [Pieces(*row) for row in _for_sale(basket.pk)]


@compiled
def _for_sale(basket_id: int) -> QuerySet[Line, tuple[int, int]]:
    lines = Line.objects.filter(basket=basket_id, product__state=ProductState.LIVE)
    return lines.values_list("stockrecord_id", "quantity")


def _renew_holds(basket: Basket, *, joined: Basket | None = None) -> None:
    """Let the holds follow the lines."""
    at, other = clock_now(), joined.pk if joined else None
    keep(_pieces(basket), basket_id=basket.pk, until=at + KEPT_FOR, now=at, joined=other)


def _check_quantity(quantity: int, record: StockRecord, *, free: int) -> None:
    if quantity <= 0:
        raise CannotAdd(gettext("Please ask for at least one."))
    if quantity > MOST_OF_ONE:
        raise CannotAdd(
            gettext("At most %(limit_value)s of one thing fit into a basket.")
            % {"limit_value": MOST_OF_ONE}
        )
    if free <= 0:
        raise CannotAdd(
            held_text(record.held_until) if record.held_until else gettext("This is sold out.")
        )
    if quantity > free:
        raise CannotAdd(gettext("Only %(free)s left.") % {"free": free})
