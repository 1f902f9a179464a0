"""Money in JSON: a string with two places and its currency, never a float."""

from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from storefront.core.money import rupees

# As many digits as an order's total can have.
Amount = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,9})\.[0-9]{2}$", examples=["499.00"])]


class Money(Schema):
    """Rupees, GST included."""

    amount: Amount
    currency: Literal["INR"] = "INR"

    @property
    def rupees(self) -> Decimal:
        """Return the amount as a number."""
        return Decimal(self.amount)


def money(amount: Decimal) -> Money:
    """Return rupees as JSON money."""
    return Money(amount=f"{rupees(amount):f}")
