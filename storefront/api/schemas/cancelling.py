"""Taking pieces of an order back, and the money that comes back, as JSON."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from storefront.api.schemas.money import Money, money
from storefront.core.money import ZERO, from_paise
from storefront.order.rules import Why
from storefront.payment.models import Refund
from storefront.payment.rules import RefundState
from storefront.payment.services import Plan

Pieces = Annotated[int, Field(ge=1, le=1_000_000)]


class PieceIn(Schema):
    """So many pieces of a line; `line` is the line's id in the order."""

    line: Annotated[int, Field(ge=1, le=9_000_000_000_000_000_000)]
    quantity: Pieces


class CancelIn(Schema):
    """What is to be cancelled, and why; without `pieces` all that is left of the order."""

    pieces: Annotated[list[PieceIn], Field(min_length=1, max_length=200)] | None = None
    reason: Literal[Why.CHANGED_MIND, Why.MISTAKE, Why.TOO_SLOW, Why.OTHER] = Why.OTHER
    words: Annotated[str, Field(max_length=300)] = ""
    expected_refund: Annotated[
        Money | None,
        Field(description="What the buyer was told comes back; another amount is refused."),
    ] = None

    def counts(self) -> dict[int, int] | None:
        """Return how many pieces by line, a line named twice added up."""
        if self.pieces is None:
            return None
        counted: dict[int, int] = {}
        for each in self.pieces:
            counted[each.line] = counted.get(each.line, 0) + each.quantity
        return counted


class CancelledOut(Schema):
    """So many pieces of a line, and what was paid for them."""

    line: int
    quantity: int
    goods: Money


class CancelQuoteOut(Schema):
    """What would come back; nothing is cancelled by asking."""

    pieces: list[CancelledOut]
    delivery: Money
    refund: Money


class RefundOut(Schema):
    """Money that comes back. `to-approve` and `review`: a person looks at it first."""

    amount: Money
    state: RefundState
    asked_at: datetime


def quote_out(plan: Plan) -> CancelQuoteOut:
    """Return what would come back as JSON."""
    undoings = [each for each, _has_left in plan.undoings]
    return CancelQuoteOut(
        pieces=[
            CancelledOut(line=each.line_id, quantity=each.quantity, goods=money(each.goods))
            for each in undoings
        ],
        delivery=money(sum((each.delivery for each in undoings), ZERO)),
        refund=money(plan.amount),
    )


def refund_out(refund: Refund) -> RefundOut:
    """Return a refund as JSON."""
    return RefundOut(
        amount=money(from_paise(refund.amount_paise)),
        state=RefundState(refund.state),
        asked_at=refund.created_at,
    )
