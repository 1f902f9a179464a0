"""Placing an order, and the order, as JSON."""

from collections.abc import Iterable
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
from storefront.order.models import ShippingAddress
from storefront.order.queries import OrderPart, OrderView
from storefront.order.rules import Progress, SellerOrderState
from storefront.payment.models import PaymentAttempt, Refund

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
    expected_total: Money = Field(description="The `total` of the quote.")
    language: Literal["en", "hi"] | None = Field(
        None, description="Of letters and the payment page; by default that of the request."
    )


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


class OrderPartOut(Schema):
    """What one seller sends."""

    number: str
    seller: str
    state: SellerOrderState
    lines: list[OrderLineOut]
    items_total: Money
    delivery_charge: Money
    parcels: list[ParcelOut]


class ShipTo(Schema):
    """Where it goes."""

    name: str
    line1: str
    line2: str
    town: str
    state: str
    pin: str


class OrderOut(Schema):
    """An order. Whoever holds `token` can see it; `payment` is null when nothing is to be paid."""

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
    payment: PaymentOut | None
    refunds: list[RefundOut]


def payment_out(attempt: PaymentAttempt) -> PaymentOut:
    """Return an open payment page as JSON."""
    return PaymentOut(url=attempt.redirect_url, expires_at=attempt.expires_at)


def order_out(
    view: OrderView, *, open_attempt: PaymentAttempt | None, refunds: Iterable[Refund]
) -> OrderOut:
    """Return an order as JSON."""
    address = view.source.shipping_address
    return OrderOut(
        number=view.number,
        token=view.token,
        url=absolute(reverse("order", args=[view.token])),
        state=view.progress,
        placed_at=view.source.date_placed,
        ship_to=_ship_to(address) if address else None,
        parts=[_part(part) for part in view.parts],
        discounts=[
            DiscountOut(name=each.name, voucher=each.code or None, amount=money(each.amount))
            for each in view.discounts
        ],
        items_total=money(view.items_total),
        delivery_total=money(view.shipping_total),
        total=money(view.total),
        payment=payment_out(open_attempt) if open_attempt else None,
        refunds=[refund_out(each) for each in refunds],
    )


def _part(part: OrderPart) -> OrderPartOut:
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
        parcels=[
            ParcelOut(
                carrier=parcel.carrier,
                tracking_number=parcel.tracking_number,
                shipped_at=parcel.shipped_at,
            )
            for parcel in part.source.parcels.all()
        ],
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
