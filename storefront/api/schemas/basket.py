"""Baskets, and what sending them would cost, as JSON."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from storefront.api.pagination import absolute
from storefront.api.schemas.catalogue import Picture, picture_out
from storefront.api.schemas.money import Money, money
from storefront.basket.queries import BasketView, LineView
from storefront.basket.rules import MOST_OF_ONE, ProblemCode
from storefront.checkout.queries import Delivery, Summary

LARGEST_ID = 2**63 - 1


class LineIn(Schema):
    """Which product, and how many. The price is the shop's: it cannot be sent."""

    product_id: int = Field(ge=1, le=LARGEST_ID, strict=True)
    quantity: int = Field(1, ge=1, le=MOST_OF_ONE, strict=True)


class QuantityIn(Schema):
    """How many; to have none, delete the line."""

    quantity: int = Field(ge=1, le=MOST_OF_ONE, strict=True)


class LineProblem(Schema):
    """Why a line cannot be bought as it is, and what to do."""

    code: ProblemCode
    text: str


class LineOut(Schema):
    """So many pieces of one product, at today's price."""

    id: int
    product_id: int
    title: str
    url: str
    picture: Picture | None
    quantity: int
    free: int
    unit_price: Money
    total: Money
    problem: LineProblem | None


class SellerGroupOut(Schema):
    """What comes from one seller, in one parcel."""

    seller: str
    lines: list[LineOut]
    items_total: Money


class BasketOut(Schema):
    """A basket. Whoever holds `token` can change it; `version` grows with every change."""

    token: str
    version: int
    count: int
    groups: list[SellerGroupOut]
    items_total: Money
    can_be_ordered: bool
    held_until: datetime | None = Field(
        description="Until when its pieces are kept; set by `POST …/hold`."
    )


class QuoteIn(Schema):
    """Where it would go."""

    state: str = Field(description="A code from `/states`.", examples=["09"], max_length=2)


class DeliveryOut(Schema):
    """One seller's parcel. `charge` and days are null if the seller may not sell there."""

    seller: str
    line_ids: list[int]
    charge: Money | None
    days_min: int | None
    days_max: int | None


class PriceOut(Schema):
    """What it would cost; `total` is the `expected_total` of an order."""

    deliveries: list[DeliveryOut]
    items_total: Money
    delivery_total: Money
    total: Money
    can_be_ordered: bool


def basket_out(view: BasketView) -> BasketOut:
    """Return a basket as JSON."""
    return BasketOut(
        token=view.token,
        version=view.version,
        count=view.count,
        groups=[
            SellerGroupOut(
                seller=group.name,
                lines=[_line(line) for line in group.lines],
                items_total=money(group.items_total),
            )
            for group in view.groups
        ],
        items_total=money(view.total),
        can_be_ordered=_is_sound(view),
        held_until=view.held_until,
    )


def price_out(view: BasketView, *, offer: Summary) -> PriceOut:
    """Return what a basket would cost as JSON."""
    return PriceOut(
        deliveries=[_delivery(each) for each in offer.deliveries],
        items_total=money(offer.items_total),
        delivery_total=money(offer.shipping_total),
        total=money(offer.total),
        can_be_ordered=_is_sound(view) and not offer.undeliverable,
    )


def _is_sound(view: BasketView) -> bool:
    return bool(view.lines) and not view.problems


def _line(line: LineView) -> LineOut:
    return LineOut(
        id=line.id,
        product_id=line.product_id,
        title=line.title,
        url=absolute(line.url),
        picture=picture_out(line.picture),
        quantity=line.quantity,
        free=line.free,
        unit_price=money(line.unit_price),
        total=money(line.line_price),
        problem=LineProblem(code=line.problem, text=line.problem_text) if line.problem else None,
    )


def _delivery(delivery: Delivery) -> DeliveryOut:
    quote, group = delivery.quote, delivery.group
    return DeliveryOut(
        seller=group.name,
        line_ids=[line.id for line in group.lines],
        charge=money(quote.charge) if quote else None,
        days_min=quote.days_min + group.lead_days if quote else None,
        days_max=quote.days_max + group.lead_days if quote else None,
    )
