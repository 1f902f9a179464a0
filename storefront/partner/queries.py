"""What is agreed with sellers."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from storefront.core.kept import kept
from storefront.partner.models import Partner, SellerRate
from storefront.partner.rules import RateName, SellerKind, Terms

FIELDS = {
    RateName.COMMISSION: "commission",
    RateName.COMMISSION_GST: "commission_gst",
    RateName.TCS: "tcs",
    RateName.TDS: "tds",
}


def terms_of(sellers: Iterable[Partner], *, on: date) -> dict[int, Terms]:
    """Return the terms of sellers on a day, by seller; what is agreed with one goes first."""
    found = agreed_on(on)
    return {
        seller.pk: Terms(**(found.get(None, {}) | found.get(seller.pk, {}))).for_kind(
            SellerKind(seller.kind)
        )
        for seller in sellers
    }


@kept("RATES_KEPT_SECONDS")
def agreed_on(on: date) -> dict[int | None, dict[str, Decimal]]:
    """Return the rates of a day by seller, under none those of all; kept for seconds."""
    found: dict[int | None, dict[str, Decimal]] = {}
    for rate in SellerRate.objects.filter(valid_from__lte=on).order_by("valid_from", "pk"):
        found.setdefault(rate.seller_id, {})[FIELDS[RateName(rate.name)]] = rate.percent
    return found
