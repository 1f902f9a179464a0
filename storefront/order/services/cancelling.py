"""Taking pieces of a confirmed order back: written down, then carried out or declined."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from storefront.accounts.models import User
from storefront.core.machine import check_move
from storefront.order.models import Cancellation, CancelledLine, Line, Order, SellerOrder
from storefront.order.rules import (
    CANCELLATION_MOVES,
    HAS_LEFT,
    Asker,
    CancellationState,
    Fate,
    SellerOrderState,
    Undone,
    Why,
    fate,
)
from storefront.order.services.moves import cancel_parts
from storefront.partner.models import Partner
from storefront.stock import services as stock
from storefront.stock.rules import Reason


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What somebody wants taken back of an order, and why; `key` is the same when asked again.

    `pieces` says how many by line, none of them means all that is left. A seller's wish names
    the seller. `expected` is what the person was told comes back, in rupees.
    """

    key: str
    asker: Asker
    why: Why
    by: User | None = None
    words: str = ""
    pieces: Mapping[int, int] | None = None
    seller: Partner | None = None
    expected: Decimal | None = None


@transaction.atomic
def write_cancellation(
    order: Order, wish: Wish, undoings: Iterable[tuple[Undone, bool]], *, key: str
) -> Cancellation:
    """
    Write down what a wish takes back, and of each line whether it had left; nothing else yet.

    `key` is nobody else's. Called with the order locked.
    """
    cancellation = Cancellation.objects.create(
        order=order,
        key=key,
        asker=wish.asker,
        by=wish.by,
        why=wish.why,
        words=wish.words,
        state=CancellationState.WAITING,
    )
    CancelledLine.objects.bulk_create(
        CancelledLine(
            cancellation=cancellation,
            line_id=each.line_id,
            quantity=each.quantity,
            goods=each.goods,
            delivery=each.delivery,
            has_left=has_left,
        )
        for each, has_left in undoings
    )
    return cancellation


@transaction.atomic
def carry_out(cancellation: Cancellation, *, order: Order) -> list[SellerOrder]:
    """
    Take the pieces back: counts, stock, and what is empty then; return the parts, in pk order.

    Called with the order locked; the second time it is refused.

    Raises:
        IllegalMove: it was carried out or declined before.
    """
    _move(cancellation, CancellationState.DONE)
    taken = list(cancellation.lines.select_related("line").order_by("line"))
    for each in taken:
        Line.objects.filter(pk=each.line_id).update(
            cancelled_quantity=F("cancelled_quantity") + each.quantity
        )
    _bring_back(cancellation, taken)
    parts = order.seller_orders.filter(lines__cancelled__cancellation=cancellation).distinct()
    empty = [part for part in parts.order_by("pk") if _is_empty(part)]
    why = f"{cancellation.asker}: {cancellation.why}"
    cancel_parts(order, empty, reason=why, by=cancellation.by)
    return list(parts.select_related("seller").order_by("pk"))


@transaction.atomic
def decline(cancellation: Cancellation) -> None:
    """
    Let a waiting cancellation come to nothing; called with the order locked.

    Raises:
        IllegalMove: it was carried out or declined before.
    """
    _move(cancellation, CancellationState.DECLINED)


def _move(cancellation: Cancellation, new: CancellationState) -> None:
    check_move(CANCELLATION_MOVES, old=CancellationState(cancellation.state), new=new)
    cancellation.state = new
    cancellation.save(update_fields=["state"])


def _is_empty(part: SellerOrder) -> bool:
    """Return whether nothing is left of a part that did not leave."""
    left = part.lines.filter(cancelled_quantity__lt=F("quantity"))
    return SellerOrderState(part.state) not in HAS_LEFT and not left.exists()


def _bring_back(cancellation: Cancellation, taken: Iterable[CancelledLine]) -> None:
    """Let the stock know where the pieces are; its rows are locked once, in pk order."""
    by_fate: defaultdict[Fate, list[stock.Pieces]] = defaultdict(list)
    for each in taken:
        if each.line.stockrecord_id is not None:
            where = fate(Why(cancellation.why), has_left=each.has_left)
            by_fate[where].append(stock.Pieces(each.line.stockrecord_id, each.quantity))
    stock.lock(each.stockrecord_id for pieces in by_fate.values() for each in pieces)
    number = cancellation.order.number
    stock.release([*by_fate[Fate.ON_THE_SHELF], *by_fate[Fate.LOST]], reference=number)
    for pieces in by_fate[Fate.LOST]:
        lost = stock.Pieces(pieces.stockrecord_id, -pieces.quantity)
        stock.adjust(lost, reason=Reason.DAMAGE, reference=number, by=cancellation.by)
    for pieces in by_fate[Fate.HOME_AGAIN]:
        stock.adjust(pieces, reason=Reason.RETURN, reference=number, by=cancellation.by)
