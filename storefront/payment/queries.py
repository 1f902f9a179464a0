"""Reading payments."""

from storefront.order.models import Order
from storefront.payment.models import Dispute, PaymentAttempt
from storefront.payment.rules import ON_HOLD, DisputeState


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
