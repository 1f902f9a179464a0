"""Placing an order, and the order, as JSON."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Literal

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from storefront.api.pagination import absolute
from storefront.api.schemas.basket import DiscountOut
from storefront.api.schemas.cancelling import RefundOut, refund_out
from storefront.api.schemas.catalogue import Picture, picture_out
from storefront.api.schemas.money import Money, money
from storefront.fulfilment.queries import arrivals
from storefront.order.models import ShippingAddress
from storefront.order.queries import OrderPart, OrderView
from storefront.order.rules import Progress, SellerOrderState
from storefront.payment.gateways.nothing import NothingToPay
from storefront.payment.models import PaymentAttempt, Refund
from storefront.payment.queries import CASH, cash_of, is_cash_order
from storefront.payment.rules import AttemptState, CashState

Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]


class ContactIn(Schema):
    """Who buys."""

    name: str
    email: str
    phone: str = Field(description="An Indian mobile number.", examples=["98765 43210"])


class AddressIn(Schema):
    """Where it goes, inside India. PIN and state are checked against each other."""

    line1: str
    line2: str = ""
    town: str
    pin: str = Field(examples=["226001"])
    state: str = Field(description="A code from `/states`.", examples=["09"])


class OrderIn(Schema):
    """A guest's order. Prices are the shop's: `expected_total` only says what the buyer saw."""

    basket_token: Token
    contact: ContactIn
    address: AddressIn
    expected_total: Money = Field(description="The `total` of the quote, or of the `way` in it.")
    way: Annotated[str, Field(max_length=20)] = Field(
        "", description="How it is paid: a name from the quote; empty for the first offered."
    )
    language: Literal["en", "hi"] | None = Field(
        None, description="Of letters and the payment page; by default that of the request."
    )


class CodeIn(Schema):
    """The six digits of the letter; blanks and Hindi digits are fine."""

    code: Annotated[str, Field(min_length=1, max_length=20)]


class PaymentOut(Schema):
    """Where the buyer pays, and until when."""

    url: str
    expires_at: datetime


class OrderLineOut(Schema):
    """A line, at the price it was ordered at: after discounts. `cancelled` pieces are in it."""

    id: int
    title: str
    url: str
    picture: Picture | None
    quantity: int
    cancelled: int
    total: Money


class ParcelOut(Schema):
    """A parcel on its way."""

    carrier: str
    tracking_number: str
    shipped_at: datetime


class CashOut(Schema):
    """What the courier collects for a parcel: whole rupees, by `rounding` more or less."""

    amount: Money
    rounding: Money
    state: CashState


class OrderPartOut(Schema):
    """What one seller sends."""

    number: str
    seller: str
    state: SellerOrderState
    lines: list[OrderLineOut]
    items_total: Money
    delivery_charge: Money
    cash: CashOut | None = Field(description="Null unless it is paid at the door.")
    parcels: list[ParcelOut]
    counts_as_arrived_at: datetime | None = Field(
        description="When it counts as arrived if the buyer says nothing; null if they cannot say."
    )


class ShipTo(Schema):
    """Where it goes."""

    name: str
    line1: str
    line2: str
    town: str
    state: str
    pin: str


class OrderOut(Schema):
    """
    An order. Whoever holds `token` can see it; `payment` is null while no page is open.

    `way` is how it is paid; a cash order waits until `code_until` for the code of a letter.
    """

    number: str
    token: str
    url: str
    state: Progress
    placed_at: datetime
    ship_to: ShipTo | None
    parts: list[OrderPartOut]
    discounts: list[DiscountOut]
    items_total: Money
    delivery_total: Money
    total: Money
    way: str
    code_until: datetime | None
    payment: PaymentOut | None
    refunds: list[RefundOut]


def payment_out(attempt: PaymentAttempt) -> PaymentOut:
    """Return an open payment page as JSON."""
    return PaymentOut(url=attempt.redirect_url, expires_at=attempt.expires_at)


def order_out(
    view: OrderView, *, attempts: Sequence[PaymentAttempt], refunds: Iterable[Refund]
) -> OrderOut:
    """Return an order as JSON, with all tries to pay it and all that goes back."""
    address, arriving = view.source.shipping_address, arrivals(view)
    return OrderOut(
        number=view.number,
        token=view.token,
        url=absolute(reverse("order", args=[view.token])),
        state=view.progress,
        placed_at=view.source.date_placed,
        ship_to=_ship_to(address) if address else None,
        parts=[_part(part, arriving.get(part.number)) for part in view.parts],
        discounts=[
            DiscountOut(name=each.name, voucher=each.code or None, amount=money(each.amount))
            for each in view.discounts
        ],
        items_total=money(view.items_total),
        delivery_total=money(view.shipping_total),
        total=money(view.total),
        way=_way(view, attempts),
        code_until=_code_until(view, attempts),
        payment=payment_out(attempts[-1]) if _is_open(attempts) else None,
        refunds=[refund_out(each) for each in refunds],
    )


def _is_open(attempts: Sequence[PaymentAttempt]) -> bool:
    return bool(attempts) and attempts[-1].state == AttemptState.OPEN


def _way(view: OrderView, attempts: Sequence[PaymentAttempt]) -> str:
    if is_cash_order(attempts):
        return CASH
    if not view.total:
        return NothingToPay.name
    return attempts[-1].provider if attempts else ""


def _code_until(view: OrderView, attempts: Sequence[PaymentAttempt]) -> datetime | None:
    """Return until when a cash order can be confirmed; nothing once it is, or is over."""
    return view.source.payable_until if view.is_waiting and is_cash_order(attempts) else None


def _cash(part: OrderPart) -> CashOut | None:
    cash = cash_of(part.source)
    if cash is None or cash.state == CashState.DROPPED:
        return None
    return CashOut(
        amount=money(cash.amount), rounding=money(cash.rounding), state=CashState(cash.state)
    )


def _part(part: OrderPart, arrives_at: datetime | None) -> OrderPartOut:
    return OrderPartOut(
        number=part.number,
        seller=part.seller_name,
        state=part.state,
        lines=[
            OrderLineOut(
                id=line.id,
                title=line.title,
                url=absolute(line.url) if line.url else "",
                picture=picture_out(line.picture),
                quantity=line.quantity,
                cancelled=line.cancelled,
                total=money(line.total),
            )
            for line in part.lines
        ],
        items_total=money(part.items_total),
        delivery_charge=money(part.shipping_charge),
        cash=_cash(part),
        parcels=[
            ParcelOut(
                carrier=parcel.carrier,
                tracking_number=parcel.tracking_number,
                shipped_at=parcel.shipped_at,
            )
            for parcel in part.source.parcels.all()
        ],
        counts_as_arrived_at=arrives_at,
    )


def _ship_to(address: ShippingAddress) -> ShipTo:
    return ShipTo(
        name=address.first_name,
        line1=address.line1,
        line2=address.line2,
        town=address.line4,
        state=address.state,
        pin=address.postcode,
    )
