"""The pages of wish lists and stock alerts."""

from storefront.wishes.views.alerts import alert, alerts, ask
from storefront.wishes.views.wishes import add, remove, to_basket, wishes

__all__ = ["add", "alert", "alerts", "ask", "remove", "to_basket", "wishes"]
