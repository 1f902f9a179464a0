"""What an order would cost, each way to pay, what a PIN code may expect, where a buyer lives."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from oscar.apps.address.models import UserAddress

from storefront.accounts.models import User
from storefront.atlas.models import State
from storefront.atlas.queries import PinFacts
from storefront.basket.queries import BasketView, Delivery, deliveries
from storefront.catalogue.rules import ProductState
from storefront.checkout.rules import PricedLine, prepaid_parts
from storefront.core.compiled import compiled
from storefront.core.money import ZERO, grouped
from storefront.discounts.rules import Discount
from storefront.order.models import ShippingAddress
from storefront.partner.models import StockRecord
from storefront.partner.rules import SellerKind, may_sell_to
from storefront.payment.gateways.base import Objection, Purchase, Way
from storefront.payment.gateways.registry import Choice, choices
from storefront.payment.models import PaymentTerms
from storefront.payment.queries import terms_on
from storefront.payment.rules import WayKind
from storefront.shipping.queries import Quote, rate_table
from storefront.shipping.rules import Packed, charged_g

# In both languages, as staff write the names of offers.
PREPAID = "For paying online / ऑनलाइन भुगतान पर छूट"
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Summary:
    """
    The whole price, before anything is written. Rupees, GST included.

    Both totals are after discounts; `discounts` are those on goods and on delivery, `prepaid` is
    the one among them for paying online. `door_fee` is what paying at the door costs.
    """

    deliveries: tuple[Delivery, ...]
    items_total: Decimal
    shipping_total: Decimal
    discounts: tuple[Discount, ...]
    prepaid: Discount | None = None
    door_fee: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Return all there is to pay."""
        return self.items_total + self.shipping_total + self.door_fee

    @property
    def lead_days(self) -> int:
        """Return how long the slowest piece takes to make; none if all are ready."""
        return max((each.group.lead_days for each in self.deliveries), default=0)

    @property
    def full_items_text(self) -> str:
        """Return the price of the goods before discounts, for people."""
        off = (each.amount for each in self.discounts if not each.is_on_delivery)
        return grouped(self.items_total + sum(off, ZERO))

    @property
    def full_shipping_text(self) -> str:
        """Return the price of delivery before discounts, for people."""
        off = (each.amount for each in self.discounts if each.is_on_delivery)
        return grouped(self.shipping_total + sum(off, ZERO))

    @property
    def total_text(self) -> str:
        """Return the whole price for people."""
        return grouped(self.total)

    @property
    def undeliverable(self) -> tuple[Delivery, ...]:
        """Return the parts that may not be sold to this state."""
        return tuple(each for each in self.deliveries if each.quote is None)


def summary(view: BasketView, *, buyer_state: str, today: date) -> Summary:
    """Return what a basket costs when sent to a state (GST code); one query more."""
    parcels, off = deliveries(view, buyer_state=buyer_state, today=today)
    shipping_total = sum((each.charge for each in parcels), ZERO)
    discounts = view.discounts if off is None else (*view.discounts, off)
    return Summary(parcels, view.total, shipping_total, discounts)


@dataclass(frozen=True, slots=True)
class Option:
    """A way to pay, why it is not offered if so, and the whole price when paid so."""

    way: Way
    objection: Objection | None
    summary: Summary


def purchase_in(
    offer: Summary, *, today: date, pin: str = "", email: str = "", phone: str = ""
) -> Purchase:
    """Return what decides how a basket may be paid, as far as the buyer is known."""
    return Purchase(
        total=offer.total,
        terms=terms_on(today),
        lead_days=offer.lead_days,
        pin=pin,
        email=email,
        phone=phone,
    )


def options(offer: Summary, purchase: Purchase) -> list[Option]:
    """Return every way to pay with its price; no more queries than each way asks."""
    return [
        Option(each.way, each.objection, priced(offer, each.way, terms=purchase.terms))
        for each in choices(purchase)
    ]


def picked_of(found: Sequence[Option], name: str) -> Option:
    """Return the way of that name if it is offered, or else the first that is."""
    offered = [each for each in found if each.objection is None]
    return next((each for each in offered if each.way.name == name), (offered or list(found))[0])


def priced(offer: Summary, way: Way, *, terms: PaymentTerms | None) -> Summary:
    """Return the price of a basket that is paid this way."""
    if terms is None or not offer.total:
        return offer
    if way.kind == WayKind.DOOR:
        return replace(offer, door_fee=terms.cash_fee)
    if way.kind != WayKind.PAGE:
        return offer
    lines = [
        PricedLine(line.id, line.line_price, line.quantity, line.gst_rule)
        for each in offer.deliveries
        for line in each.group.lines
    ]
    parts = prepaid_parts(lines, percent=terms.prepaid_percent, amount=terms.prepaid_rupees)
    if not parts:
        return offer
    amount = sum(parts.values(), ZERO)
    off = Discount(offer_id=None, name=PREPAID, times=1, amount=amount, parts=parts)
    return replace(
        offer,
        items_total=offer.items_total - amount,
        discounts=(*offer.discounts, off),
        prepaid=off,
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """
    What a PIN code may expect of one piece; no `quote` if its seller may not sell there.

    `cash` is paying at the door with what speaks against it, and costs `door_fee`.
    """

    seller_name: str
    days_text: str
    quote: Quote | None
    cash: Choice | None
    door_fee: Decimal = ZERO


def promise(product_id: int, facts: PinFacts, *, today: date) -> Promise | None:
    """
    Return what a known PIN code may expect of a product, or nothing if nobody offers it.

    Where a PIN lies in two states, the farther one counts. Three queries; rates are kept.

    Raises:
        TooHeavy: no rates are kept.
    """
    record = next(iter(_offered(product_id)), None)
    if record is None:
        return None
    product, seller = record.product, record.partner
    rates, home = rate_table(today), seller.state_id or ""
    grams = charged_g([Packed(product.weight_g, product.box)])
    quotes = [
        rates.quote(seller_state=home, buyer_state=state.pk, weight_g=grams)
        for state in facts.states
        if may_sell_to(SellerKind(seller.kind), seller_state=home, buyer_state=state.pk)
    ]
    quote = max(quotes, key=lambda each: each.days_max, default=None)
    if quote is None:
        return Promise(seller.name, "", None, None)
    terms = terms_on(today)
    total, lead_days = record.price + quote.charge, product.lead_days
    purchase = Purchase(total=total, terms=terms, lead_days=lead_days, pin=facts.pin)
    return Promise(
        seller_name=seller.name,
        days_text=quote.days_text(today, lead_days=lead_days),
        quote=quote,
        cash=next((each for each in choices(purchase) if each.way.kind == WayKind.DOOR), None),
        door_fee=terms.cash_fee if terms else ZERO,
    )


@compiled
def _offered(product_id: int) -> QuerySet[StockRecord]:
    offered = StockRecord.objects.filter(product=product_id, product__state=ProductState.LIVE)
    return offered.select_related("partner", "product").order_by("pk")


def kept_addresses(user: User) -> QuerySet[UserAddress]:
    """Return the addresses a person keeps, the usual one first."""
    return UserAddress.objects.filter(user=user).order_by("-is_default_for_shipping", "pk")


def addresses_of(user: User) -> list[Any]:
    """Return a person's addresses: those they keep, or else where their last orders went."""
    if found := list(kept_addresses(user)[:MOST_SHOWN]):
        return found
    used = ShippingAddress.objects.filter(order__user=user).order_by("-pk")[: 3 * MOST_SHOWN]
    once = {(each.first_name, each.line1, each.postcode): each for each in reversed(used)}
    return list(reversed(once.values()))[:MOST_SHOWN]


def address_fields(address: UserAddress) -> dict[str, Any]:
    """Return a saved address as the address form knows it."""
    named = State.objects.filter(Q(name_en=address.state) | Q(name_hi=address.state)).first()
    return {
        "name": address.first_name,
        "phone": str(address.phone_number or ""),
        "line1": address.line1,
        "line2": address.line2,
        "town": address.line4,
        "postcode": address.postcode,
        "state": named.pk if named else "",
    }
