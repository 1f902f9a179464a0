"""What an order would cost: delivery a seller, and who cannot deliver there."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from storefront.basket.queries import BasketView, SellerGroup
from storefront.core.money import ZERO, grouped, share
from storefront.discounts.rules import Discount
from storefront.partner.rules import SellerKind, may_sell_to
from storefront.shipping.queries import Quote, rate_table


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

    Both totals are after discounts; `discounts` are those on goods and on delivery.
    """

    deliveries: tuple[Delivery, ...]
    items_total: Decimal
    shipping_total: Decimal
    discounts: tuple[Discount, ...]

    @property
    def total(self) -> Decimal:
        """Return all there is to pay."""
        return self.items_total + self.shipping_total

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
