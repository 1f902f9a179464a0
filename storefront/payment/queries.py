"""Reading payments, and what of them needs a person."""

from django.db.models import Q, QuerySet

from storefront.order.models import Order
from storefront.payment.models import Dispute, PaymentAttempt, ProviderEvent, Refund
from storefront.payment.rules import ON_HOLD, DisputeState, EventState, RefundState


def last_attempt(order: Order) -> PaymentAttempt | None:
    """Return the newest try to pay an order."""
    return PaymentAttempt.objects.filter(order=order).order_by("-sequence").first()


def is_on_hold(order: Order) -> bool:
    """Return whether a bank asked about an order and nobody released it yet."""
    return order.disputes.filter(state__in=ON_HOLD, released_at=None).exists()


def is_disputed(charge: str) -> bool:
    """Return whether a bank holds or took a charge, so that nothing of it can be given back."""
    taken = (DisputeState.OPEN, DisputeState.LOST)
    return Dispute.objects.filter(charge=charge, state__in=taken).exists()


def given_up() -> QuerySet[ProviderEvent]:
    """Return the messages that no try could work, the newest first."""
    return ProviderEvent.objects.filter(state=EventState.DEAD).order_by("-pk")


def refunds_to_see_to() -> QuerySet[Refund]:
    """Return the refunds that need a person: refused, sent back, or made elsewhere."""
    stuck = Q(state__in=[RefundState.REVIEW, RefundState.FAILED])
    made_elsewhere = Q(reason="external", automatic_for=None)
    waiting = Refund.objects.filter(stuck | made_elsewhere, settled_at=None)
    return waiting.select_related("order").order_by("-created_at", "pk")


def holds() -> QuerySet[Dispute]:
    """Return the disputes that keep parcels in the house, the most urgent first."""
    waiting = Dispute.objects.filter(state__in=ON_HOLD, released_at=None)
    return waiting.select_related("order").order_by("due_by", "pk")
