"""What an order would cost, each way to pay, and where a known buyer has parcels sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from oscar.apps.address.models import UserAddress

from storefront.accounts.models import User
from storefront.atlas.models import State
from storefront.basket.queries import BasketView, SellerGroup
from storefront.checkout.rules import PricedLine, prepaid_parts
from storefront.core.money import ZERO, grouped, share
from storefront.discounts.rules import Discount
from storefront.partner.rules import SellerKind, may_sell_to
from storefront.payment.gateways.base import Objection, Purchase, Way
from storefront.payment.gateways.registry import choices
from storefront.payment.models import PaymentTerms
from storefront.payment.queries import terms_on
from storefront.payment.rules import WayKind
from storefront.shipping.queries import Quote, rate_table

# In both languages, as staff write the names of offers.
PREPAID = "For paying online / ऑनलाइन भुगतान पर छूट"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One seller's parcel: what it costs and when it comes; `None` if it cannot be sent."""

    group: SellerGroup
    quote: Quote | None
    discount: Decimal = ZERO

    @property
    def charge(self) -> Decimal:
        """Return what is paid for it, in rupees; nothing if it cannot be sent."""
        return self.quote.charge - self.discount if self.quote else ZERO

    @property
    def charge_text(self) -> str:
        """Return the charge before discounts, for people."""
        return grouped(self.quote.charge) if self.quote else ""


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
    rates = rate_table(today)
    deliveries = tuple(
        Delivery(
            group,
            rates.quote(
                seller_state=group.seller.state_id or "",
                buyer_state=buyer_state,
                weight_g=group.weight_g,
            )
            if may_sell_to(
                SellerKind(group.seller.kind),
                seller_state=group.seller.state_id or "",
                buyer_state=buyer_state,
            )
            else None,
        )
        for group in view.groups
    )
    charges = [each.charge for each in deliveries]
    full = sum(charges, ZERO)
    off = view.delivery_offer.discount_on(full) if view.delivery_offer else None
    if off is None:
        return Summary(deliveries, view.total, full, view.discounts)
    cheaper = tuple(
        replace(each, discount=part)
        for each, part in zip(deliveries, share(off.amount, charges), strict=True)
    )
    return Summary(cheaper, view.total, full - off.amount, (*view.discounts, off))


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


def usual_address(user: User) -> dict[str, Any]:
    """Return the fields of the address that a person's parcels go to, if one is saved."""
    usual = UserAddress.objects.filter(user=user, is_default_for_shipping=True).first()
    return address_fields(usual) if usual else {}
