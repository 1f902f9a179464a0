"""What states a product can be in, and when stock is called low."""

from enum import StrEnum

LOW_STOCK = 3
# Working days in which what lies ready leaves the workshop.
READY_STOCK_DAYS = 2


class ProductState(StrEnum):
    """A product's life: written, offered, checked, sold, taken back."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent-back"
    LIVE = "live"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[ProductState, frozenset[ProductState]] = {
    ProductState.DRAFT: frozenset({ProductState.SUBMITTED}),
    ProductState.SUBMITTED: frozenset({ProductState.LIVE, ProductState.SENT_BACK}),
    ProductState.SENT_BACK: frozenset({ProductState.SUBMITTED, ProductState.WITHDRAWN}),
    ProductState.LIVE: frozenset({ProductState.WITHDRAWN}),
    ProductState.WITHDRAWN: frozenset({ProductState.LIVE}),
}


class StockState(StrEnum):
    """What a buyer is told about stock."""

    IN_STOCK = "in_stock"
    LOW = "low"
    MADE_TO_ORDER = "made_to_order"
    HELD = "held"
    SOLD_OUT = "sold_out"


def stock_state(*, free: int, lead_days: int, is_held: bool = False) -> StockState:
    """Return what to say when so many pieces are free; `is_held`: some may be again, soon."""
    if free <= 0:
        return StockState.HELD if is_held else StockState.SOLD_OUT
    if lead_days:
        return StockState.MADE_TO_ORDER
    return StockState.LOW if free <= LOW_STOCK else StockState.IN_STOCK
