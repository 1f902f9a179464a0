"""What it costs to send a basket, seller by seller, and when each parcel comes."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from storefront.basket.queries.view import BasketView, SellerGroup
from storefront.core.money import ZERO, grouped, share
from storefront.discounts.rules import Discount
from storefront.partner.rules import SellerKind, may_sell_to
from storefront.shipping.queries import Quote, rate_table


@dataclass(frozen=True, slots=True)
class Delivery:
    """One seller's parcel: what it costs and when it comes; `None` if it cannot be sent."""

    group: SellerGroup
    quote: Quote | None
    today: date
    discount: Decimal = ZERO

    @property
    def charge(self) -> Decimal:
        """Return what is paid for it, in rupees; nothing if it cannot be sent."""
        return self.quote.charge - self.discount if self.quote else ZERO

    @property
    def charge_text(self) -> str:
        """Return the charge before discounts, for people."""
        return grouped(self.quote.charge) if self.quote else ""

    @property
    def days_text(self) -> str:
        """Return the days between which it comes, for people."""
        if self.quote is None:
            return ""
        return self.quote.days_text(self.today, lead_days=self.group.lead_days)


def deliveries(
    view: BasketView, *, buyer_state: str, today: date
) -> tuple[tuple[Delivery, ...], Discount | None]:
    """
    Return each seller's parcel to a state (GST code), and what an offer takes off delivery.

    Raises:
        TooHeavy: no rates are kept.
    """
    rates = rate_table(today)
    found = tuple(
        Delivery(
            group,
            rates.quote(
                seller_state=group.seller.state_id or "",
                buyer_state=buyer_state,
                weight_g=group.charged_g,
            )
            if may_sell_to(
                SellerKind(group.seller.kind),
                seller_state=group.seller.state_id or "",
                buyer_state=buyer_state,
            )
            else None,
            today,
        )
        for group in view.groups
    )
    charges = [each.charge for each in found]
    off = view.delivery_offer.discount_on(sum(charges, ZERO)) if view.delivery_offer else None
    if off is None:
        return found, None
    parts = share(off.amount, charges)
    cheaper = (replace(each, discount=part) for each, part in zip(found, parts, strict=True))
    return tuple(cheaper), off
