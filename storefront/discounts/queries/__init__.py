"""What is taken off a basket's price, and by which of its vouchers."""

from storefront.discounts.queries.prices import (
    DeliveryNear,
    DeliveryOffer,
    Prices,
    in_force,
    label,
    prices_of,
    would_take_off,
)
from storefront.discounts.queries.shoppers import Shopper, with_uses
from storefront.discounts.queries.vouchers import VoucherState, problem_of, words_for

__all__ = [
    "DeliveryNear",
    "DeliveryOffer",
    "Prices",
    "Shopper",
    "VoucherState",
    "in_force",
    "label",
    "prices_of",
    "problem_of",
    "with_uses",
    "words_for",
    "would_take_off",
]
