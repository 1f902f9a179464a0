"""The doors of payments: the providers', and the staff's."""

from storefront.payment.views.staff import money_page
from storefront.payment.views.staff_cancel import take_back
from storefront.payment.views.webhook import webhook

__all__ = ["money_page", "take_back", "webhook"]
