"""The basket's pages."""

from storefront.basket.views.page import (
    add_to_basket,
    add_voucher,
    basket_page,
    change_line,
    me,
    remove_voucher,
)
from storefront.basket.views.shown import idle_vouchers, problems

__all__ = [
    "add_to_basket",
    "add_voucher",
    "basket_page",
    "change_line",
    "idle_vouchers",
    "me",
    "problems",
    "remove_voucher",
]
