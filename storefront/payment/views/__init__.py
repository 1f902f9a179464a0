"""The doors of payments: the providers', and the staff's."""

from storefront.payment.views.staff import money_page
from storefront.payment.views.webhook import webhook

__all__ = ["money_page", "webhook"]
