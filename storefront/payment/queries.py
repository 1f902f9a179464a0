"""Reading payments."""

from storefront.order.models import Order
from storefront.payment.models import PaymentAttempt


def last_attempt(order: Order) -> PaymentAttempt | None:
    """Return the newest try to pay an order."""
    return PaymentAttempt.objects.filter(order=order).order_by("-sequence").first()
