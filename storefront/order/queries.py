"""Orders as buyers and sellers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, QuerySet, prefetch_related_objects
from django.utils.translation import get_language
from oscar.apps.address.models import UserAddress

from storefront.accounts.models import User
from storefront.basket.models import Basket
from storefront.catalogue.queries import main_picture_told
from storefront.core.compiled import compiled
from storefront.core.money import ZERO, grouped
from storefront.core.words import is_hindi_wanted
from storefront.discounts.queries import label
from storefront.discounts.rules import in_language
from storefront.media.queries import PictureView, told_picture
from storefront.media.rules import Use
from storefront.order.models import (
    Line,
    Order,
    OrderDiscount,
    SellerOrder,
    ShippingAddress,
    StateChange,
)
from storefront.order.rules import (
    OrderState,
    Progress,
    SellerOrderState,
    progress,
)
from storefront.partner.models import Partner


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of an order; prices in rupees as they were paid, `full_text` if there was more."""

    id: int
    title: str
    url: str
    picture: PictureView | None
    quantity: int
    cancelled: int
    lead_days: int
    total: Decimal
    total_text: str
    full_text: str

    @property
    def left(self) -> int:
        """Return how many pieces were not taken back."""
        return self.quantity - self.cancelled


@dataclass(frozen=True, slots=True)
class OrderDiscounted:
    """What was taken off an order by one offer, in rupees."""

    name: str
    code: str
    amount: Decimal
    is_on_delivery: bool

    @property
    def label(self) -> str:
        """Return what the discount is called, in the buyer's language."""
        return label(self.name, self.code)

    @property
    def text(self) -> str:
        """Return the amount for people, as it goes off."""
        return grouped(-self.amount)


@dataclass(frozen=True, slots=True)
class OrderPart:
    """What one seller sends."""

    number: str
    seller_name: str
    state: SellerOrderState
    lines: tuple[OrderLine, ...]
    items_total: Decimal
    shipping_charge: Decimal
    source: SellerOrder


@dataclass(frozen=True, slots=True)
class OrderView:
    """The buyer's order with its parts; totals are after discounts."""

    number: str
    token: str
    progress: Progress
    total: Decimal
    items_total: Decimal
    shipping_total: Decimal
    parts: tuple[OrderPart, ...]
    discounts: tuple[OrderDiscounted, ...]
    source: Order

    @property
    def full_items_total(self) -> Decimal:
        """Return what the goods cost before discounts."""
        off = (each.amount for each in self.discounts if not each.is_on_delivery)
        return self.items_total + sum(off, ZERO)

    @property
    def full_shipping_total(self) -> Decimal:
        """Return what delivery cost before discounts."""
        off = (each.amount for each in self.discounts if each.is_on_delivery)
        return self.shipping_total + sum(off, ZERO)

    @property
    def is_waiting(self) -> bool:
        """Return whether the order waits for payment."""
        return self.progress == Progress.PENDING_PAYMENT

    @property
    def total_text(self) -> str:
        """Return the whole price for people."""
        return grouped(self.total)


def order_by_token(token: str) -> Order | None:
    """Return the order of a tracking link."""
    return next(iter(_by_token(token)), None)


@compiled
def _by_token(token: str) -> QuerySet[Order]:
    return Order.objects.select_related("shipping_address").filter(token=token)


def part_in(order: Order, number: str) -> SellerOrder | None:
    """Return the part of an order that has this number."""
    return order.seller_orders.filter(number=number).first()


def address_lines(address: ShippingAddress | UserAddress) -> list[str]:
    """Return the lines of a postal address, as they stand below the name."""
    town = f"{address.line4} {address.postcode}"
    return [line for line in (address.line1, address.line2, town, address.state) if line]


def order_of_basket(*, user: User | None, token: str) -> Order | None:
    """Return the order into which a person's, or a token's, last basket was turned."""
    ordered = Order.objects.filter(basket__status=Basket.FROZEN)
    if user is not None:
        ordered = ordered.filter(user=user)
    elif token:
        ordered = ordered.filter(basket__token=token, user=None)
    else:
        return None
    return ordered.order_by("-pk").first()


def orders_of(user: User) -> QuerySet[Order]:
    """Return a person's orders, the newest first, with their parts."""
    return (
        Order.objects.filter(user=user)
        .prefetch_related("seller_orders", "lines")
        .order_by("-date_placed", "-pk")
    )


def lines_of(order: Order, *, seller: Partner | None = None) -> list[Line]:
    """Return an order's lines with their parts, of all sellers or of one; one query."""
    lines = order.lines.select_related("seller_order__seller").order_by("pk")
    return list(lines if seller is None else lines.filter(seller_order__seller=seller))


def is_discounted(order_id: int) -> Exists:
    """Return, as a column of a query of an order's lines, whether anything was taken off it."""
    return Exists(OrderDiscount.objects.filter(order=order_id))


def discounts_of(order: Order, lines: Sequence[Any]) -> tuple[OrderDiscounted, ...]:
    """
    Return what was taken off an order, named in the language of the moment.

    Nothing is asked if its lines, with the column of `is_discounted`, say that it was nothing.
    """
    if not any(line.is_discounted for line in lines):
        return ()
    return tuple(
        OrderDiscounted(
            name=in_language(row.offer_name, get_language() or "en"),
            code=row.voucher_code,
            amount=row.amount,
            is_on_delivery=row.is_shipping_discount,
        )
        for row in _discounts(order.pk)
    )


@compiled
def _discounts(order_id: int) -> QuerySet[OrderDiscount]:
    return OrderDiscount.objects.filter(order=order_id).order_by("pk")


def order_view(order: Order) -> OrderView:
    """Return an order with its parts and lines; four queries, whatever it holds."""
    parts, lines = _parts_shown(order.pk), _lines_shown(order.pk)
    prefetch_related_objects(parts, "parcels")
    by_part: dict[int, list[OrderLine]] = {}
    for line in lines:
        by_part.setdefault(line.seller_order_id, []).append(_line(line))
    shown = tuple(_part(part, by_part.get(part.pk, [])) for part in parts)
    return OrderView(
        number=order.number,
        token=order.token,
        progress=progress(OrderState(order.status), [part.state for part in shown]),
        total=order.total_incl_tax,
        items_total=order.total_incl_tax - order.shipping_incl_tax,
        shipping_total=order.shipping_incl_tax,
        parts=shown,
        discounts=discounts_of(order, lines),
        source=order,
    )


@compiled
def _parts_shown(order_id: int) -> QuerySet[SellerOrder]:
    parts = SellerOrder.objects.filter(order=order_id).select_related("seller", "cash")
    return parts.order_by("pk")


@compiled
def _lines_shown(order_id: int) -> QuerySet[Any]:
    """Return an order's lines, with what is told of the picture of each."""
    lines = Line.objects.filter(order=order_id).select_related("product").order_by("pk")
    return lines.annotate(
        picture=main_picture_told("product", Use.CARD), is_discounted=is_discounted(order_id)
    ).defer("product__description", "product__description_en", "product__description_hi")


def moves_of(view: OrderView) -> dict[int, list[StateChange]]:
    """
    Return what happened to each part of an order, by ids of parts, the newest first.

    One query; none while the order waits, because nothing has happened until then.
    """
    found: dict[int, list[StateChange]] = {part.source.pk: [] for part in view.parts}
    for move in [] if view.is_waiting else _moves(view.source.pk):
        if move.seller_order_id in found:
            found[move.seller_order_id].append(move)
    return found


@compiled
def _moves(order_id: int) -> QuerySet[StateChange]:
    return StateChange.objects.filter(order=order_id).order_by("-pk")


def _part(part: SellerOrder, lines: Sequence[OrderLine]) -> OrderPart:
    return OrderPart(
        number=part.number,
        seller_name=part.seller.name,
        state=SellerOrderState(part.state),
        lines=tuple(lines),
        items_total=part.items_total,
        shipping_charge=part.shipping_charge,
        source=part,
    )


def _line(line: Any) -> OrderLine:
    hindi = is_hindi_wanted()
    product, full = line.product, line.line_price_before_discounts_incl_tax
    return OrderLine(
        id=line.pk,
        title=(hindi and line.title_hi) or line.title,
        url=product.get_absolute_url() if product else "",
        picture=told_picture(line.picture, Use.CARD),
        quantity=line.quantity,
        cancelled=line.cancelled_quantity,
        lead_days=product.lead_days if product else 0,
        total=line.line_price_incl_tax,
        total_text=grouped(line.line_price_incl_tax),
        full_text=grouped(full) if full != line.line_price_incl_tax else "",
    )
