"""Baskets, and what sending them would cost, as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import get_language
from ninja import Schema
from pydantic import Field

from storefront.api.pagination import absolute
from storefront.api.schemas.catalogue import Picture, picture_out
from storefront.api.schemas.money import Money, money
from storefront.basket.queries import BasketView, Delivery, LineView
from storefront.basket.rules import MOST_OF_ONE, ProblemCode
from storefront.checkout.queries import Option, picked_of
from storefront.core.money import ZERO
from storefront.discounts.queries import VoucherState
from storefront.discounts.rules import Discount, VoucherProblem, in_language

LARGEST_ID = 2**63 - 1


class LineIn(Schema):
    """Which product, and how many. The price is the shop's: it cannot be sent."""

    product_id: int = Field(ge=1, le=LARGEST_ID, strict=True)
    quantity: int = Field(1, ge=1, le=MOST_OF_ONE, strict=True)
    story: UUID | None = Field(None, description="The key of the story it is bought out of.")


class VoucherProblemOut(Schema):
    """Why a voucher takes nothing off."""

    code: VoucherProblem
    text: str


class QuantityIn(Schema):
    """How many; to have none, delete the line."""

    quantity: int = Field(ge=1, le=MOST_OF_ONE, strict=True)


class LineProblem(Schema):
    """Why a line cannot be bought as it is, and what to do."""

    code: ProblemCode
    text: str


class VoucherIn(Schema):
    """A voucher's code; how it is spaced and capitalised does not matter."""

    code: str = Field(min_length=1, max_length=128, examples=["DIWALI10"])


class DiscountOut(Schema):
    """What one offer takes off. `voucher` is the code it came with, null for an offer to all."""

    name: str
    voucher: str | None
    amount: Money


class VoucherOut(Schema):
    """A voucher in a basket; a problem says why it takes nothing off."""

    code: str
    name: str
    problem: VoucherProblemOut | None


class LineOut(Schema):
    """So many pieces of one product, at today's price; `total` is after discounts."""

    id: int
    product_id: int
    title: str
    url: str
    picture: Picture | None
    quantity: int
    free: int
    unit_price: Money
    total_before_discounts: Money
    total: Money
    problem: LineProblem | None


class SellerGroupOut(Schema):
    """What comes from one seller, in one parcel."""

    seller: str
    lines: list[LineOut]
    items_total: Money


class BasketOut(Schema):
    """
    A basket. Whoever holds `token` can change it; `version` grows with every change.

    `items_total` is after the discounts on goods, which are listed.
    """

    token: str
    version: int
    count: int
    groups: list[SellerGroupOut]
    discounts: list[DiscountOut]
    vouchers: list[VoucherOut]
    items_total: Money
    can_be_ordered: bool
    held_until: datetime | None = Field(
        description="Until when its pieces are kept; set by `POST …/hold`."
    )


class QuoteIn(Schema):
    """Where it would go."""

    state: str = Field(description="A code from `/states`.", examples=["09"], max_length=2)
    email: str = Field(
        "",
        description="The buyer's, once it is known: some discounts are for one person once.",
        max_length=254,
    )

    pin: str = Field(
        "",
        description="Of the address: not every PIN is served, and not everywhere with cash.",
        max_length=10,
    )
    phone: str = Field("", description="The buyer's.", max_length=20)


class WayReason(Schema):
    """Why a way to pay is not offered: `code` never changes, `text` is for the buyer."""

    code: str
    text: str


class WayOut(Schema):
    """A way to pay, and what all costs when it is paid so."""

    name: str = Field(description="The `way` of an order.", examples=["stripe", "cash"])
    label: str
    is_offered: bool
    reason: WayReason | None
    prepaid_discount: Money = Field(description="Off for paying online; in `total` already.")
    door_fee: Money = Field(description="For paying at the door; in `total` already.")
    total: Money = Field(description="The `expected_total` of an order that is paid so.")


class DeliveryOut(Schema):
    """One seller's parcel. `charge` and days are null if the seller may not sell there."""

    seller: str
    line_ids: list[int]
    charge: Money | None
    days_min: int | None
    days_max: int | None


class PinProblem(Schema):
    """Why no parcel goes to the PIN code: `code` never changes, `text` is for the buyer."""

    code: Literal["pin-not-served"]
    text: str


class PriceOut(Schema):
    """
    What it would cost, paid the first way that is offered.

    The totals are after `discounts`, on goods and on delivery. Each of `ways` has its own total.
    """

    deliveries: list[DeliveryOut]
    discounts: list[DiscountOut]
    items_total: Money
    delivery_total: Money
    total: Money
    ways: list[WayOut]
    pin_problem: PinProblem | None
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
        discounts=[discount_out(each) for each in view.discounts],
        vouchers=[_voucher(each) for each in view.vouchers],
        items_total=money(view.total),
        can_be_ordered=_is_sound(view),
        held_until=view.held_until,
    )


def price_out(
    view: BasketView, *, found: Sequence[Option], pin_problem: PinProblem | None
) -> PriceOut:
    """Return what a basket would cost as JSON."""
    offer = picked_of(found, "").summary
    return PriceOut(
        deliveries=[_delivery(each) for each in offer.deliveries],
        discounts=[discount_out(each) for each in offer.discounts],
        items_total=money(offer.items_total),
        delivery_total=money(offer.shipping_total),
        total=money(offer.total),
        ways=[_way(each) for each in found],
        pin_problem=pin_problem,
        can_be_ordered=_is_sound(view) and not offer.undeliverable and pin_problem is None,
    )


def discount_out(discount: Discount) -> DiscountOut:
    """Return a discount as JSON, named in the language of the request."""
    return DiscountOut(
        name=in_language(discount.name, get_language() or "en"),
        voucher=discount.code or None,
        amount=money(discount.amount),
    )


def _way(option: Option) -> WayOut:
    why, price = option.objection, option.summary
    return WayOut(
        name=option.way.name,
        label=str(option.way.label),
        is_offered=why is None,
        reason=WayReason(code=why.code, text=why.text) if why else None,
        prepaid_discount=money(price.prepaid.amount if price.prepaid else ZERO),
        door_fee=money(price.door_fee),
        total=money(price.total),
    )


def _voucher(voucher: VoucherState) -> VoucherOut:
    return VoucherOut(
        code=voucher.code,
        name=voucher.name,
        problem=VoucherProblemOut(code=voucher.problem, text=voucher.problem_text)
        if voucher.problem
        else None,
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
        total_before_discounts=money(line.full_price),
        total=money(line.line_price),
        problem=LineProblem(code=line.problem, text=line.problem_text) if line.problem else None,
    )


def _delivery(delivery: Delivery) -> DeliveryOut:
    quote, group = delivery.quote, delivery.group
    return DeliveryOut(
        seller=group.name,
        line_ids=[line.id for line in group.lines],
        charge=money(delivery.charge) if quote else None,
        days_min=quote.days_min + group.lead_days if quote else None,
        days_max=quote.days_max + group.lead_days if quote else None,
    )
