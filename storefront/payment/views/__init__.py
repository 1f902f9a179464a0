"""The doors of payments: the provider's, and the staff's."""

from storefront.payment.views.staff import money_page
from storefront.payment.views.staff_cancel import take_back
from storefront.payment.views.webhook import stripe_webhook

__all__ = ["money_page", "stripe_webhook", "take_back"]
