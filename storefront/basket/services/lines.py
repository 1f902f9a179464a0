"""Putting things into a basket and taking them out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
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
from storefront.core.statements import rows_of
from storefront.partner.models import StockRecord
from storefront.stock.models import Hold
from storefront.stock.queries import is_held, within_reach
from storefront.stock.rules import KEPT_FOR
from storefront.stock.services import Pieces, keep

# Locked, looked at and noted as changed by one statement: every purchase begins with it.
TOUCH = """
    UPDATE basket_basket SET version = version + 1
    WHERE id = %s AND status = %s AND owner_id IS NOT DISTINCT FROM %s::bigint
    RETURNING version, EXISTS (SELECT FROM stock_hold WHERE basket_id = basket_basket.id)
"""


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
        version, is_holding = _touch_open(basket)
        offered = _offered(product_id, basket.pk, clock_now())
        if not offered:
            raise CannotAdd(gettext("This is no longer sold."))
        record = offered[0]
        line = next(iter(_lines_with(basket.pk, record.pk)), None) if record.in_basket else None
        total = quantity + (line.quantity if line else 0)
        _check_quantity(total, record, free=record.free + record.reach)
        if line is None:
            line = Line(basket=basket, product=record.product, stockrecord=record)
            line.line_reference = str(record.pk)
        line.touches = line.touches.then(story)
        _price(line, record, total)
        if is_holding:
            renew_holds(basket, now=clock_now())
    basket.version = version
    return line


def _touch_open(basket: Basket) -> tuple[int, bool]:
    """
    Lock a basket as `lock_open`, and move its version on: for who will surely change it.

    Return the new version too, which the basket has once the transaction went well.
    """
    found = rows_of(TOUCH, [basket.pk, Basket.OPEN, basket.owner_id])
    if not found:
        raise _closed()
    version, is_holding = found[0]
    return version, is_holding


@compiled
def _offered(product_id: int, basket_id: int, now: datetime) -> QuerySet[Any]:
    """
    Return what is for sale of a product, and what the basket has to do with it.

    `reach`: how many promised pieces it may have; `in_basket`: whether a line has some.
    """
    lines = Line.objects.filter(basket=basket_id, stockrecord=OuterRef("pk"))
    records = StockRecord.objects.select_related("product").annotate(
        reach=within_reach(basket_id, now=now, of="pk"), in_basket=Exists(lines)
    )
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
            renew_holds(basket, now=clock_now())


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
        renew_holds(basket, now=now)


def lock_open(basket: Basket, *, status: str = Basket.OPEN) -> bool:
    """
    Lock a basket until the transaction ends; its version is the one of now.

    Return whether it holds pieces: its buyer was at the checkout already.

    Raises:
        BasketIsClosed: it has another status or another owner by now.
    """
    found = _locked(basket.pk, status, basket.owner_id)
    if not found:
        raise _closed()
    [(basket.version, is_holding)] = found
    return is_holding


def _closed() -> BasketIsClosed:
    return BasketIsClosed(gettext("This basket was ordered already."))


@compiled
def _locked(basket_id: int, status: str, owner_id: int | None) -> QuerySet[Any, tuple[int, bool]]:
    same = Basket.objects.filter(pk=basket_id, status=status, owner=owner_id)
    return same.select_for_update().values_list("version", is_held(OuterRef("pk")))


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


def renew_holds(basket: Basket, *, now: datetime, joined: Basket | None = None) -> None:
    """Hold what a locked basket can hold: the pieces of its lines that are for sale."""
    baskets = [basket.pk, *([joined.pk] if joined else [])]
    records = {record.pk: record for record in _records_locked(basket.pk, baskets)}
    keep(
        [Pieces(pk, record.wanted) for pk, record in records.items() if record.wanted],
        locked=records,
        basket_id=basket.pk,
        until=now + KEPT_FOR,
        now=now,
        joined=joined.pk if joined else None,
    )


@compiled
def _records_locked(basket_id: int, baskets: Sequence[int]) -> QuerySet[Any]:
    """
    Lock what a basket's lines take pieces of, and what these baskets hold pieces of.

    `wanted`: how many pieces the line of the basket has, if they are for sale.
    """
    lines = Line.objects.filter(basket=basket_id).order_by()
    held = Hold.objects.filter(basket__in=baskets).order_by()
    # A union, since PostgreSQL reads the whole table for "one of these, or one of those".
    wished = lines.values_list("stockrecord_id").union(held.values_list("stockrecord_id"))
    line = lines.filter(stockrecord=OuterRef("pk"), product__state=ProductState.LIVE)
    records = StockRecord.objects.filter(pk__in=wished).order_by("pk")
    known: QuerySet[Any] = records.annotate(wanted=Subquery(line.values("quantity")))
    return known.select_for_update()


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
