"""Reading payments, and what of them needs a person."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from storefront.core.compiled import compiled
from storefront.core.kept import kept
from storefront.order.models import Order, SellerOrder
from storefront.order.rules import CancellationState, OrderState
from storefront.payment.models import (
    CashPart,
    Dispute,
    MoneyMovement,
    NoCashPin,
    PaymentAttempt,
    PaymentTerms,
    ProviderEvent,
    ProviderPayout,
    ReconciliationRun,
    Refund,
    Strike,
)
from storefront.payment.rules import (
    CASH_AWAITED,
    ON_HOLD,
    PAYOUT_BACK,
    AttemptState,
    DisputeState,
    EventState,
    MoneyKind,
    RefundState,
)

CASH = "cash"
_ON_HOLD = Q(disputes__state__in=ON_HOLD, disputes__released_at=None) | Q(
    cancellations__state=CancellationState.WAITING
)
# A person gave back in the provider's dashboard, and nobody has said who bears it.
_MADE_ELSEWHERE = Q(reason="external", automatic_for=None)


def last_page(token: str) -> PaymentAttempt | None:
    """Return the newest try to pay the order of a tracking link online, with the order."""
    return next(iter(_pages(token)), None)


@compiled
def _pages(token: str) -> QuerySet[PaymentAttempt]:
    attempts = PaymentAttempt.objects.select_related("order").filter(order__token=token)
    return attempts.exclude(provider=CASH).order_by("-sequence")


def attempts_of(order: Order) -> list[PaymentAttempt]:
    """Return all tries to pay an order, the newest last; each knows if it `is_refunded` in part."""
    return _attempts(order.pk)


@compiled
def _attempts(order_id: int) -> QuerySet[PaymentAttempt]:
    attempts = PaymentAttempt.objects.filter(order=order_id).select_related("promise")
    refunds = Refund.objects.filter(attempt=OuterRef("pk"))
    return attempts.annotate(is_refunded=Exists(refunds)).order_by("sequence")


def is_cash_order(attempts: Iterable[PaymentAttempt]) -> bool:
    """Return whether these tries end at the door."""
    return any(each.provider == CASH and each.state != AttemptState.EXPIRED for each in attempts)


def promised(order: Order) -> PaymentAttempt | None:
    """Return the promise to pay an order at the door, with its code, while it stands."""
    return standing(order.attempts.filter(state=AttemptState.PROMISED).select_related("promise"))


def standing(attempts: Iterable[PaymentAttempt]) -> PaymentAttempt | None:
    """Return the promise to pay at the door among tries to pay, while it stands."""
    return next((each for each in attempts if each.state == AttemptState.PROMISED), None)


def is_for_the_door(order: Order) -> bool:
    """Return whether cash pays an order, or did, or was refused: then no charge pays it."""
    return order.attempts.filter(provider=CASH).exclude(state=AttemptState.EXPIRED).exists()


def was_sent(order: Order) -> bool:
    """Return whether a parcel of an order left its seller."""
    return order.seller_orders.filter(parcels__isnull=False).exists()


def is_cash_awaited(part: SellerOrder) -> bool:
    """Return whether a part is to be paid at the door and is not: nothing of it is sold yet."""
    return CashPart.objects.filter(seller_order=part, state__in=CASH_AWAITED).exists()


def cash_of(part: SellerOrder) -> CashPart | None:
    """Return what the courier collects for a part, if anything was to be collected."""
    cash: CashPart | None = getattr(part, "cash", None)
    return cash


def collected_row(part: SellerOrder) -> MoneyMovement | None:
    """Return the cash that paid a part, if it did; what was paid twice pays nothing."""
    if CashPart.objects.filter(seller_order=part, is_overpaid=True).exists():
        return None
    return paying_row(part.number, kind=MoneyKind.COD_COLLECTED)


def paying_row(reference: str, *, kind: MoneyKind | None = None) -> MoneyMovement | None:
    """Return the money row of a charge, or of the cash of a part, by its reference."""
    kinds = [kind] if kind else [MoneyKind.CAPTURE, MoneyKind.COD_COLLECTED]
    return MoneyMovement.objects.filter(reference=reference, kind__in=kinds).first()


@kept("RATES_KEPT_SECONDS")
def terms_on(day: date) -> PaymentTerms | None:
    """Return the terms of payment of a day, if staff have written any; kept for seconds."""
    return PaymentTerms.objects.filter(valid_from__lte=day).order_by("-valid_from").first()


def takes_no_cash(pin: str) -> bool:
    """Return whether no courier takes money at this PIN code."""
    return bool(pin) and NoCashPin.objects.filter(pin=pin).exists()


def strikes_of(*, email: str, phone: str) -> int:
    """Return how many parcels a person refused, by e-mail or phone."""
    who = Q(pk=None)
    if email:
        who |= Q(email=email.lower())
    if phone:
        who |= Q(phone=phone)
    return Strike.objects.filter(who).count() if email or phone else 0


def is_on_hold(order: Order) -> bool:
    """Return whether a bank, or staff about to refund, keep an order's parcels in the house."""
    return orders_on_hold().filter(pk=order.pk).exists()


def orders_on_hold() -> QuerySet[Order]:
    """Return the orders that a bank, or staff about to refund, are asking about."""
    return Order.objects.filter(_ON_HOLD).distinct()


def orders_in_question() -> QuerySet[Order]:
    """Return the orders of whose money nobody knows yet whose it is: on hold, or partly back."""
    elsewhere = Refund.objects.filter(_MADE_ELSEWHERE, settled_at=None)
    return Order.objects.filter(_ON_HOLD | Q(pk__in=elsewhere.values("order"))).distinct()


def kept_charge(order: Order) -> MoneyMovement | None:
    """
    Return the money that paid an order: the first charge that does not go back as not needed.

    It stays the one when the paid order is cancelled.
    """
    if order.status == OrderState.PENDING_PAYMENT:
        return None  # as most are when their money comes; it spares the question below
    if not order.moves.filter(seller_order=None, new=OrderState.CONFIRMED).exists():
        return None
    if is_for_the_door(order):
        return None
    not_needed = Refund.objects.exclude(automatic_for=None).values("automatic_for")
    captures = order.money.filter(kind=MoneyKind.CAPTURE).exclude(reference__in=not_needed)
    return captures.order_by("pk").first()


def spare(charge: MoneyMovement) -> int:
    """Return how many paise of a charge can still go back; negative if too many do."""
    gone = going_back(charge.reference) + lost_to_bank(charge.reference)
    return charge.amount_paise - gone


def going_back(charge: str) -> int:
    """Return how many paise of a charge went back, are under way, or wait for a second person."""
    refunds = Refund.objects.filter(charge=charge, again=None)
    alive = refunds.exclude(state=RefundState.DECLINED)
    return alive.aggregate(paise=Sum("amount_paise"))["paise"] or 0


def is_disputed(charge: str) -> bool:
    """Return whether a bank holds or took a charge, so that nothing of it can be given back."""
    taken = (DisputeState.OPEN, DisputeState.LOST)
    return Dispute.objects.filter(charge=charge, state__in=taken).exists()


def is_had_already(refund: Refund) -> bool:
    """Return whether a refund of a cancellation would pay back what the buyer has already."""
    if refund.cancellation_id is None:
        return False
    charges = MoneyMovement.objects.filter(kind=MoneyKind.CAPTURE, reference=refund.charge)
    return any(spare(charge) < 0 for charge in charges)


def is_being_disputed(charge: str) -> bool:
    """Return whether a bank holds a charge, and nobody knows yet whose the money is."""
    return Dispute.objects.filter(charge=charge, state=DisputeState.OPEN).exists()


def lost_to_bank(charge: str) -> int:
    """Return how many paise of a charge a bank took for good and gave to the buyer itself."""
    lost = Dispute.objects.filter(charge=charge, state=DisputeState.LOST).values("reference")
    rows = MoneyMovement.objects.filter(
        kind__in=[MoneyKind.DISPUTE, MoneyKind.DISPUTE_WON], reference__in=lost
    )
    return -(rows.aggregate(paise=Sum("amount_paise"))["paise"] or 0)


def given_up() -> QuerySet[ProviderEvent]:
    """Return the messages that no try could work, the newest first."""
    return ProviderEvent.objects.filter(state=EventState.DEAD).order_by("-pk")


def refunds_to_see_to() -> QuerySet[Refund]:
    """Return the refunds that need a person: refused, sent back, or made elsewhere."""
    stuck = Q(state__in=[RefundState.REVIEW, RefundState.FAILED])
    waiting = Refund.objects.filter(stuck | _MADE_ELSEWHERE, settled_at=None)
    return waiting.select_related("order", "attempt").order_by("-created_at", "pk")


def holds() -> QuerySet[Dispute]:
    """Return the disputes that keep parcels in the house, the most urgent first."""
    waiting = Dispute.objects.filter(state__in=ON_HOLD, released_at=None)
    return waiting.select_related("order").order_by("due_by", "pk")


def refunds_to_approve() -> QuerySet[Refund]:
    """Return the refunds that wait for a second person of the staff, the oldest first."""
    waiting = Refund.objects.filter(state=RefundState.TO_APPROVE)
    told = waiting.select_related("order", "requested_by", "cancellation")
    return told.order_by("created_at", "pk")


def refunds_of(order: Order, attempts: Iterable[Any]) -> list[Refund]:
    """
    Return what a buyer is told of an order's refunds: none that were declined or replaced.

    Nothing is asked if the attempts, as `attempts_of` returns them, say that there are none.
    """
    return _refunds(order.pk) if any(each.is_refunded for each in attempts) else []


@compiled
def _refunds(order_id: int) -> QuerySet[Refund]:
    alive = Refund.objects.filter(order=order_id, again=None).exclude(state=RefundState.DECLINED)
    return alive.order_by("created_at", "pk")


@compiled
def refunds_of_charge(charge: str) -> QuerySet[Refund]:
    """Return every refund of a charge."""
    return Refund.objects.filter(charge=charge).order_by("pk")


def all_refunds_of(order: Order) -> QuerySet[Refund]:
    """Return every refund of an order, as staff see them."""
    return order.refunds.select_related("cancellation").order_by("created_at", "pk")


def last_run(kind: str) -> ReconciliationRun | None:
    """Return the last look of a kind at the providers' books that came to its end."""
    ended = ReconciliationRun.objects.filter(kind=kind, finished_at__isnull=False)
    return ended.order_by("-until", "-pk").first()


def payouts() -> QuerySet[ProviderPayout]:
    """Return what the providers sent to our bank, the newest first."""
    return ProviderPayout.objects.order_by("-made_at", "-pk")


def payouts_to_see_to() -> QuerySet[ProviderPayout]:
    """Return the payouts that our bank did not keep and nobody has seen to, the newest first."""
    return payouts().filter(state__in=PAYOUT_BACK, settled_at=None)
