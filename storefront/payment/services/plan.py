"""What a wish to take pieces of an order back comes to, or why it is refused; writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum
from django.utils.translation import gettext, ngettext

from storefront.core.money import ZERO, from_paise
from storefront.core.refusals import Refusal
from storefront.core.words import in_language
from storefront.order.models import Line, Order, SellerOrder
from storefront.order.rules import (
    HAS_LEFT,
    CancellationState,
    LineStand,
    OrderState,
    SellerOrderState,
    Undone,
    gives_delivery_back,
    may_cancel,
    undone,
    within,
)
from storefront.order.services import Wish
from storefront.payment.models import MoneyMovement, RefundLine
from storefront.payment.queries import (
    collected_row,
    is_being_disputed,
    is_cash_awaited,
    kept_charge,
    spare,
)
from storefront.payment.rules import RefundState
from storefront.payment.services.books import allotted_to


class NothingChosen(Refusal):
    """No piece was chosen."""

    code = "nothing-chosen"


class NoSuchLine(Refusal):
    """The order, or the seller's part of it, has no such line."""

    code = "no-such-line"


class NotPaidYet(Refusal):
    """The order waits for payment: it can only be given up as a whole."""

    code = "not-paid-yet"


class AlreadyCancelled(Refusal):
    """Nothing is left that could be taken back."""

    code = "already-cancelled"


class TooMany(Refusal):
    """Fewer pieces are left than were to be taken back."""

    code = "too-many-pieces"


class TooLate(Refusal):
    """The part is packed or has left."""

    code = "too-late-to-cancel"


class ChargeDisputed(Refusal):
    """The buyer's bank holds the money, so that none of it can go back."""

    code = "charge-disputed"


class CashOnTheWay(Refusal):
    """A courier collects the money of these parcels, or collected each of them apart."""

    code = "cash-on-the-way"


class BeingDecided(Refusal):
    """A refund of the order waits for a second person of the staff."""

    code = "refund-being-decided"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is taken back, each line with whether it had left, and what of its price goes back."""

    undoings: tuple[tuple[Undone, bool], ...]
    back: tuple[Undone, ...]
    charge: MoneyMovement | None

    @property
    def amount(self) -> Decimal:
        """Return what goes back to the buyer, in rupees."""
        return sum((each.worth for each in self.back), ZERO)


def plan(order: Order, wish: Wish) -> Plan:
    """
    Return what a wish takes back; with the order locked, or only to show it.

    What goes back is what was paid for the pieces, and never more than what was captured less
    what is going back already, or was taken by the buyer's bank.

    Raises:
        NotPaidYet, AlreadyCancelled, TooMany, TooLate, NoSuchLine, NothingChosen: as they say.
        ChargeDisputed, BeingDecided: not now.
    """
    _check_order(order)
    parts = _parts(order, wish)
    picks = _all_left(parts, wish) if wish.pieces is None else _picks(parts, wish, wish.pieces)
    charge = kept_charge(order) or _cash(parts, picks)
    if charge is not None and is_being_disputed(charge.reference):
        raise ChargeDisputed(
            gettext("The bank is questioning this payment, so nothing can be paid back now.")
        )
    room = room_of(charge)
    undoings: list[tuple[Undone, bool]] = []
    back: list[Undone] = []
    for part in parts:
        has_left = SellerOrderState(part.state) in HAS_LEFT
        is_delivery_back = gives_delivery_back(wish.why, has_left=has_left)
        found = undone(
            [_stand(line) for line in part.lines.all()],
            picks,
            delivery=part.shipping_charge if is_delivery_back else ZERO,
        )
        undoings += [(each, has_left) for each in found]
        given = within(found, min(room, _room_of_part(part)) if found else ZERO)
        room -= sum((each.worth for each in given), ZERO)
        back += given
    return Plan(tuple(undoings), tuple(back), charge)


def _cash(parts: list[SellerOrder], picks: Mapping[int, int]) -> MoneyMovement | None:
    """Return the cash that paid the one parcel of which pieces are taken back, if it came."""
    touched = [part for part in parts if any(line.pk in picks for line in part.lines.all())]
    if any(is_cash_awaited(part) and _has_left(part) for part in touched):
        raise CashOnTheWay(
            gettext("The courier is on the way to collect the money. Please wait for the outcome.")
        )
    rows = [row for part in touched if (row := collected_row(part))]
    if len(rows) > 1:
        raise CashOnTheWay(
            gettext("This order was paid parcel by parcel. Please take one seller after the other.")
        )
    return rows[0] if rows else None


def _has_left(part: SellerOrder) -> bool:
    return SellerOrderState(part.state) in HAS_LEFT


def room_of(charge: MoneyMovement | None) -> Decimal:
    """Return how much of the money that paid an order can still go back, in rupees."""
    if charge is None:
        return ZERO
    return max(from_paise(spare(charge)), ZERO)


def _check_order(order: Order) -> None:
    if order.status == OrderState.PENDING_PAYMENT:
        raise NotPaidYet(gettext("This order is not paid yet. It can be cancelled as a whole."))
    if order.status == OrderState.CANCELLED:
        raise _cancelled()
    if order.cancellations.filter(state=CancellationState.WAITING).exists():
        raise BeingDecided(
            gettext("We are looking into a refund of this order. Please try again later.")
        )


def _parts(order: Order, wish: Wish) -> list[SellerOrder]:
    parts = order.seller_orders.select_related("seller").prefetch_related("lines").order_by("pk")
    return list(parts if wish.seller is None else parts.filter(seller=wish.seller))


def _all_left(parts: list[SellerOrder], wish: Wish) -> dict[int, int]:
    """Return all that is left of the parts; a part that is too late refuses the whole."""
    left = {
        line.pk: line.quantity_left
        for part in parts
        for line in part.lines.all()
        if line.quantity_left
    }
    if not left:
        raise _cancelled()
    return _picks(parts, wish, left)


def _picks(parts: list[SellerOrder], wish: Wish, wanted: Mapping[int, int]) -> dict[int, int]:
    """Return the pieces asked for, if each of them can be taken back by this person."""
    known = {line.pk: (line, part) for part in parts for line in part.lines.all()}
    if not any(wanted.values()) or min(wanted.values()) < 0:
        raise NothingChosen(gettext("Please choose at least one piece."))
    picks = {line: pieces for line, pieces in wanted.items() if pieces}
    for line_id, pieces in picks.items():
        if line_id not in known:
            raise NoSuchLine(gettext("This order has no such line."))
        line, part = known[line_id]
        if not line.quantity_left:
            raise _cancelled()
        if not may_cancel(wish.asker, SellerOrderState(part.state)):
            raise _too_late(part)
        if pieces > line.quantity_left:
            raise TooMany(
                ngettext(
                    "Only %(n)s piece of “%(title)s” is left in this order.",
                    "Only %(n)s pieces of “%(title)s” are left in this order.",
                    line.quantity_left,
                )
                % {"n": line.quantity_left, "title": in_language(line.title, line.title_hi)}
            )
    return picks


def _too_late(part: SellerOrder) -> TooLate:
    if SellerOrderState(part.state) in HAS_LEFT:
        words = gettext("%(seller)s has sent the parcel already, so it cannot be cancelled.")
    else:
        words = gettext("%(seller)s has packed the parcel already, so it cannot be cancelled.")
    return TooLate(words % {"seller": part.seller.name})


def _cancelled() -> AlreadyCancelled:
    return AlreadyCancelled(gettext("This was cancelled already."))


def _stand(line: Line) -> LineStand:
    return LineStand(line.pk, line.quantity, line.cancelled_quantity, line.line_price_incl_tax)


def _room_of_part(part: SellerOrder) -> Decimal:
    """Return how much of a part's price did not go back yet, in rupees."""
    lines = RefundLine.objects.filter(
        line__seller_order=part, refund__cancellation__state=CancellationState.DONE
    ).exclude(refund__state=RefundState.DECLINED)
    back: Decimal | None = lines.aggregate(sum=Sum(F("amount") + F("shipping")))["sum"]
    price = part.items_total + part.shipping_charge
    return max(price - (back or ZERO) - from_paise(allotted_to(part)), ZERO)
