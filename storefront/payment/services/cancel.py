"""Taking pieces of a paid order back: stock, books and refund in one transaction, once a wish."""

from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.core.money import from_paise, grouped, to_paise
from storefront.core.refusals import KeyReused, Refusal
from storefront.order.models import Cancellation, Order, OrderNote
from storefront.order.rules import Asker, OrderState, SellerOrderState
from storefront.order.services import Wish, carry_out, decline, lock_order, write_cancellation
from storefront.payment.models import Refund, RefundLine
from storefront.payment.queries import is_being_disputed, is_cash_awaited, paying_row, spare
from storefront.payment.rules import RefundState
from storefront.payment.services.attempts import give_up
from storefront.payment.services.books import book_undone
from storefront.payment.services.earnings import book_less_earned, kept_of
from storefront.payment.services.letters import tell_buyer, tell_sellers
from storefront.payment.services.plan import ChargeDisputed, NotPaidYet, Plan, plan
from storefront.payment.services.promises import lower_cash

CANCELLED = "cancelled"
EARNED = (SellerOrderState.DELIVERED, SellerOrderState.CLOSED)


class AmountChanged(Refusal):
    """Something else goes back than the person was told."""

    code = "total-changed"


class OwnRefund(Refusal):
    """Nobody says yes to a refund they asked for."""

    code = "own-refund"


class TooMuch(Refusal):
    """More would go back than came in: somebody refunded elsewhere meanwhile."""

    code = "refund-too-much"


class BeingPaid(Refusal):
    """The order's money is on its way, so that nobody can say yet what becomes of it."""

    code = "cannot-cancel"


def call_off(order: Order, *, wish: Wish) -> Cancellation | None:
    """
    Cancel an order whether it is paid or not: an unpaid one is given up, a paid one pays back.

    Return what was taken back; nothing, if nobody had paid. No transaction may be open.

    Raises:
        BeingPaid: money is on its way; ask again later.
        GatewayDown, GatewayRefused: the payment page cannot be closed now.
        Whatever `cancel` raises.
    """
    if order.status == OrderState.PENDING_PAYMENT and give_up(
        order, reason=f"{wish.asker}: {wish.why}", by=wish.by
    ):
        return None
    try:
        return cancel(order, wish=wish)
    except NotPaidYet as error:
        raise BeingPaid(
            gettext("This order is being paid at this moment. Please try again in some minutes.")
        ) from error


def cancel(order: Order, *, wish: Wish) -> Cancellation:
    """
    Take pieces of a paid order back, with what was paid for them; the same wish is done once.

    A large refund that staff ask for waits for a second person, and everything else with it.
    The money itself is sent by the clock (`send_refunds`). No network.

    Raises:
        AmountChanged: `wish.expected` is not what would go back.
        KeyReused: the key belongs to another wish.
        Whatever `plan` raises; nothing was written.
    """
    with transaction.atomic(durable=True):
        locked = lock_order(order.pk)
        known = locked.cancellations.filter(key=_key(wish)).first()
        if known is not None:
            return _same(known, wish)
        planned = plan(locked, wish)
        if wish.expected not in (None, planned.amount):
            raise AmountChanged(
                gettext("It is now %(amount)s that comes back. Please check it and cancel again.")
                % {"amount": grouped(planned.amount)}
            )
        cancellation = write_cancellation(locked, wish, planned.undoings, key=_key(wish))
        refund = _write_refund(cancellation, planned)
        if refund is None or refund.state != RefundState.TO_APPROVE:
            _do(cancellation, locked, refund)
        else:
            _note(refund, "waits for a second person", by=wish.by)
    return cancellation


def approve(refund: Refund, *, by: User) -> bool:
    """
    Say yes to a refund that waits for it: all is done then; return whether it still waited.

    Raises:
        OwnRefund: the person asked for it themselves.
        ChargeDisputed, TooMuch: it cannot be paid any more; it may be declined.
    """
    with transaction.atomic(durable=True):
        order = lock_order(refund.order_id)
        fresh = Refund.objects.select_related("cancellation").get(pk=refund.pk)
        if fresh.state != RefundState.TO_APPROVE or fresh.cancellation is None:
            return False
        if fresh.requested_by_id == by.pk:
            raise OwnRefund(gettext("Somebody else has to approve what you asked for."))
        if is_being_disputed(fresh.charge):
            raise ChargeDisputed(
                gettext("The bank is questioning this payment, so nothing can be paid back now.")
            )
        charge = paying_row(fresh.charge)
        if charge is None or spare(charge) < 0:
            raise TooMuch(
                gettext("Money went back elsewhere meanwhile. Please decline this and ask anew.")
            )
        fresh.state, fresh.approved_by = RefundState.NEW, by
        fresh.save(update_fields=["state", "approved_by"])
        _note(fresh, "approved", by=by)
        _do(fresh.cancellation, order, fresh)
        return True


def decline_refund(refund: Refund, *, by: User) -> bool:
    """Say no to a refund that waits: nothing is taken back; return whether it still waited."""
    with transaction.atomic(durable=True):
        lock_order(refund.order_id)
        fresh = Refund.objects.select_related("cancellation").get(pk=refund.pk)
        if fresh.state != RefundState.TO_APPROVE or fresh.cancellation is None:
            return False
        fresh.state = RefundState.DECLINED
        fresh.save(update_fields=["state"])
        decline(fresh.cancellation)
        _note(fresh, "declined", by=by)
        return True


def _key(wish: Wish) -> str:
    """Return the wish's key, which is nobody else's."""
    return f"{wish.asker}:{wish.seller.pk if wish.seller else ''}:{wish.key}"


def _same(known: Cancellation, wish: Wish) -> Cancellation:
    """Return what was done for a wish, if it is the same wish."""
    lines = dict(known.lines.values_list("line", "quantity"))
    wanted = wish.pieces and {line: pieces for line, pieces in wish.pieces.items() if pieces}
    if known.why != wish.why or (wanted is not None and wanted != lines):
        raise KeyReused(gettext("This key was used for another wish. Please make a new one."))
    return known


def _write_refund(cancellation: Cancellation, planned: Plan) -> Refund | None:
    """Write what goes back; nothing, if nothing was captured or all went back before."""
    if planned.charge is None or not planned.amount:
        return None
    paise = to_paise(planned.amount)
    waits = cancellation.asker == Asker.STAFF and _needs_second_person(cancellation.order, paise)
    refund = Refund.objects.create(
        order=cancellation.order,
        attempt_id=planned.charge.attempt_id,
        charge=planned.charge.reference,
        amount_paise=paise,
        reason=CANCELLED,
        requested_by=cancellation.by,
        cancellation=cancellation,
        needs_approval=waits,
        state=RefundState.TO_APPROVE if waits else RefundState.NEW,
    )
    RefundLine.objects.bulk_create(
        RefundLine(
            refund=refund,
            line_id=each.line_id,
            quantity=each.quantity,
            amount=each.goods,
            shipping=each.delivery,
        )
        for each in planned.back
    )
    return refund


def _needs_second_person(order: Order, paise: int) -> bool:
    """Return whether staff alone would give back too much of an order, in one go or in several."""
    alone = order.refunds.filter(cancellation__asker=Asker.STAFF, needs_approval=False)
    before = alone.aggregate(paise=Sum("amount_paise"))["paise"] or 0
    limit: Decimal = settings.REFUND_ALONE_UP_TO
    return bool(before + paise > to_paise(limit))


def _do(cancellation: Cancellation, order: Order, refund: Refund | None) -> None:
    """Carry a cancellation out: pieces, states, books and letters."""
    kept = {
        part.pk: kept_of(part)
        for part in order.seller_orders.filter(state__in=EARNED).select_related("seller")
    }
    parts = carry_out(cancellation, order=order)
    for part in parts:
        if is_cash_awaited(part):
            lower_cash(part)
        else:
            book_undone(order, part, cancellation)
        if part.pk in kept:
            book_less_earned(part, before=kept[part.pk], cancellation=cancellation)
    tell_buyer(cancellation, refund)
    tell_sellers(cancellation, parts)


def _note(refund: Refund, what: str, *, by: User | None) -> None:
    """Write a note that Oscar's dashboard shows beside the order."""
    amount = grouped(from_paise(refund.amount_paise))
    OrderNote.objects.create(
        order_id=refund.order_id,
        user=by,
        note_type=OrderNote.SYSTEM,
        message=f"Refund of {amount}: {what}.",
    )
