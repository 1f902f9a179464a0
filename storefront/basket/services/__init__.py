"""Changing baskets: the only code that does."""

from storefront.basket.services.closing import close, close_again, lines_to_order
from storefront.basket.services.joining import claim, join, reopen
from storefront.basket.services.lines import (
    BasketIsClosed,
    CannotAdd,
    add,
    ensure_basket,
    hold,
    lock_open,
    set_quantity,
    touch,
)
from storefront.basket.services.vouchers import VoucherRefused, add_voucher, remove_voucher

__all__ = [
    "BasketIsClosed",
    "CannotAdd",
    "VoucherRefused",
    "add",
    "add_voucher",
    "claim",
    "close",
    "close_again",
    "ensure_basket",
    "hold",
    "join",
    "lines_to_order",
    "lock_open",
    "remove_voucher",
    "reopen",
    "set_quantity",
    "touch",
]
