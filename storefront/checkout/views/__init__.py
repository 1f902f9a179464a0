"""The buyer's doors from the basket to the end of an order."""

from storefront.checkout.views.arrived import arrived
from storefront.checkout.views.cancel import cancel
from storefront.checkout.views.delivery import delivery
from storefront.checkout.views.door import new_code, pay_at_door, type_code
from storefront.checkout.views.order import order_page, paid, pay
from storefront.checkout.views.page import checkout

__all__ = [
    "arrived",
    "cancel",
    "checkout",
    "delivery",
    "new_code",
    "order_page",
    "paid",
    "pay",
    "pay_at_door",
    "type_code",
]
