"""A basket as the buyer sees it: by seller, with what is wrong and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from storefront.basket.models import Basket, Line
from storefront.basket.queries.rows import lines_shown
from storefront.basket.rules import ProblemCode, problem_of
from storefront.catalogue.models import Product
from storefront.core.clock import clock_text
from storefront.core.clock import now as clock_now
from storefront.core.money import ZERO, grouped
from storefront.discounts.queries import (
    DeliveryNear,
    DeliveryOffer,
    Shopper,
    VoucherState,
    label,
    prices_of,
)
from storefront.discounts.rules import Discount
from storefront.gst.rules import GstRule, is_in_gap
from storefront.media.queries import PictureView, told_picture
from storefront.media.rules import Use
from storefront.partner.models import Partner
from storefront.shipping.rules import Packed, charged_g


@dataclass(frozen=True, slots=True)
class LineView:
    """
    A line: prices in rupees with GST, as they are now; `free` to this buyer.

    The line price is after discounts.
    """

    id: int
    product: Product
    stockrecord_id: int
    picture: PictureView | None
    quantity: int
    free: int
    unit_price: Decimal
    line_price: Decimal
    full_price: Decimal
    packed: Packed
    lead_days: int
    gst_rule: GstRule
    problem: ProblemCode | None
    problem_text: str

    @property
    def product_id(self) -> int:
        """Return the product's number."""
        return self.product.pk

    @property
    def title(self) -> str:
        """Return the product's name in the language of the moment."""
        return self.product.title

    @property
    def url(self) -> str:
        """Return the product's address in the language of the moment."""
        return self.product.get_absolute_url()

    @property
    def unit_price_text(self) -> str:
        """Return what one piece costs, as it is shown."""
        return grouped(self.unit_price)

    @property
    def line_price_text(self) -> str:
        """Return what the line costs, as it is shown."""
        return grouped(self.line_price)

    @property
    def full_price_text(self) -> str:
        """Return what the line costs before discounts, as it is shown."""
        return grouped(self.full_price)


@dataclass(frozen=True, slots=True)
class SellerGroup:
    """What comes from one seller."""

    seller: Partner
    lines: tuple[LineView, ...]
    items_total: Decimal
    charged_g: int
    lead_days: int

    @property
    def name(self) -> str:
        """Return the seller's name in the language of the moment."""
        return self.seller.name

    @property
    def items_total_text(self) -> str:
        """Return what the goods cost, as it is shown."""
        return grouped(self.items_total)


@dataclass(frozen=True, slots=True)
class BasketView:
    """
    The whole basket; `total` is after the discounts on goods.

    Its pieces are kept until `held_until`, if its buyer is at the checkout.
    """

    token: str
    version: int
    groups: tuple[SellerGroup, ...]
    count: int
    total: Decimal
    held_until: datetime | None
    discounts: tuple[Discount, ...] = ()
    delivery_offer: DeliveryOffer | None = None
    vouchers: tuple[VoucherState, ...] = ()
    delivery_near: DeliveryNear | None = None

    @property
    def total_text(self) -> str:
        """Return the total as it is shown."""
        return grouped(self.total)

    @property
    def full_total(self) -> Decimal:
        """Return what the goods cost before discounts."""
        return sum((line.full_price for line in self.lines), ZERO)

    @property
    def lines(self) -> tuple[LineView, ...]:
        """Return all lines, seller by seller."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def problems(self) -> tuple[LineView, ...]:
        """Return the lines that cannot be bought as they are."""
        return tuple(line for line in self.lines if line.problem)


def basket_view(
    basket: Basket,
    *,
    now: datetime | None = None,
    email: str = "",
    lines: Sequence[Any] | None = None,
) -> BasketView:
    """
    Return the basket as it stands at this moment, offers applied.

    One query, or a dozen more if there are offers and vouchers, whatever it holds.
    `email` is the buyer's, once it is known: some discounts are for one person once. `lines`
    are those of `basket.services.lines_to_order`: nothing is shown then, so there is no picture.
    """
    is_shown = lines is None
    if lines is None:
        lines = lines_shown(basket.pk, now or clock_now())
    prices = prices_of(basket, lines, Shopper(basket.owner_id, email))
    kept = []
    by_seller: dict[int, list[tuple[Partner, LineView]]] = {}
    for line in lines:
        seller = line.stockrecord.partner
        free = line.stockrecord.free + line.reach
        kept += [line.kept_until] if line.kept_until else []
        off = [each for each in prices.discounts if line.pk in each.parts]
        picture = told_picture(line.picture, Use.CARD) if is_shown else None
        shown = _line_view(line, picture, off, free=free)
        by_seller.setdefault(seller.pk, []).append((seller, shown))
    groups = tuple(_group(entries) for entries in by_seller.values())
    total = sum((group.items_total for group in groups), ZERO)
    return BasketView(
        token=basket.token,
        version=basket.version,
        groups=groups,
        count=sum(line.quantity for group in groups for line in group.lines),
        total=total,
        held_until=min(kept, default=None),
        discounts=prices.discounts,
        delivery_offer=prices.delivery,
        vouchers=prices.vouchers,
        delivery_near=prices.near,
    )


def discount_rows(discounts: Sequence[Discount]) -> list[dict[str, str]]:
    """Return discounts as rows of a sum: what each is called, and what it takes off."""
    return [
        {"label": label(each.name, each.code), "text": grouped(-each.amount)} for each in discounts
    ]


def _group(entries: list[tuple[Partner, LineView]]) -> SellerGroup:
    seller = entries[0][0]
    lines = tuple(line for _, line in entries)
    total = sum((line.line_price for line in lines), ZERO)
    return SellerGroup(
        seller=seller,
        lines=lines,
        items_total=total,
        charged_g=charged_g(line.packed for line in lines),
        lead_days=max(line.lead_days for line in lines),
    )


def _line_view(
    line: Line, picture: PictureView | None, discounts: Sequence[Discount], *, free: int
) -> LineView:
    record, product = line.stockrecord, line.product
    full = record.price * line.quantity
    paid = full - sum((each.parts[line.pk] for each in discounts), ZERO)
    problem = problem_of(
        is_live=product.is_public,
        free=free,
        is_held=record.held_until is not None,
        quantity=line.quantity,
        price_moved=line.price_incl_tax != record.price,
        in_gap=is_in_gap(product.gst_rule, unit_price=paid / line.quantity),
    )
    return LineView(
        id=line.pk,
        product=product,
        stockrecord_id=record.pk,
        picture=picture,
        quantity=line.quantity,
        free=free,
        unit_price=record.price,
        line_price=paid,
        full_price=full,
        packed=Packed(product.weight_g, product.box, line.quantity),
        lead_days=product.lead_days,
        gst_rule=product.gst_rule,
        problem=problem,
        problem_text=_gap_text(discounts)
        if problem == ProblemCode.TAX_GAP
        else _problem_text(problem, line, free=free),
    )


def _gap_text(discounts: Sequence[Discount]) -> str:
    """Return what to do about a price for which the tax law has no rate."""
    codes = ", ".join(each.code for each in discounts if each.code)
    if codes:
        return gettext(
            "At the discounted price the law has no GST rate for this. "
            "Please remove the voucher %(code)s, or this piece."
        ) % {"code": codes}
    return gettext(
        "At this price the law has no GST rate for this. "
        "Please remove it and write to us: the mistake is ours."
    )


def _problem_text(problem: ProblemCode | None, line: Line, *, free: int) -> str:
    """Return what is wrong and what to do about it, in the buyer's language."""
    if problem == ProblemCode.WITHDRAWN:
        return gettext("This is no longer sold. Please remove it.")
    if problem == ProblemCode.SOLD_OUT:
        return gettext("Somebody else bought the last one. Please remove it.")
    if problem == ProblemCode.HELD and line.stockrecord.held_until:
        return gettext(
            "Somebody else is buying the last one. If they do not, you can have it after "
            "%(time)s. Please come back then, or remove it."
        ) % {"time": clock_text(line.stockrecord.held_until)}
    if problem == ProblemCode.NOT_ENOUGH:
        return ngettext(
            "Only %(free)s is left. Please change the quantity.",
            "Only %(free)s are left. Please change the quantity.",
            free,
        ) % {"free": free}
    if problem == ProblemCode.PRICE_CHANGED:
        return gettext(
            "The price changed from %(old)s to %(new)s since you added this. "
            "Update the basket to accept it, or remove it."
        ) % {"old": grouped(line.price_incl_tax or ZERO), "new": grouped(line.stockrecord.price)}
    return ""
