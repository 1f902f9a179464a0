"""Writing and moving orders: the only code that does."""

from storefront.order.services.cancelling import (
    Wish,
    carry_out,
    decline,
    write_cancellation,
)
from storefront.order.services.letters import letter_context, part_context, write_to_buyer
from storefront.order.services.moves import (
    cancel_unpaid,
    confirm,
    lock_order,
    move_part,
    revive,
)
from storefront.order.services.reprice import charge_more, prepaid_of, take_back_prepaid
from storefront.order.services.write import Buyer, OrderDraft, PartDraft, Where, write_order

__all__ = [
    "Buyer",
    "OrderDraft",
    "PartDraft",
    "Where",
    "Wish",
    "cancel_unpaid",
    "carry_out",
    "charge_more",
    "confirm",
    "decline",
    "letter_context",
    "lock_order",
    "move_part",
    "part_context",
    "prepaid_of",
    "revive",
    "take_back_prepaid",
    "write_cancellation",
    "write_order",
    "write_to_buyer",
]
