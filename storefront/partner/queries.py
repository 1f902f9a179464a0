"""What is agreed with sellers."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from storefront.core.compiled import compiled
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
    wanted = list(sellers)
    found: dict[int | None, dict[str, Decimal]] = {}
    for rate in _rates([seller.pk for seller in wanted], on):
        found.setdefault(rate.seller_id, {})[FIELDS[RateName(rate.name)]] = rate.percent
    return {
        seller.pk: Terms(**(found.get(None, {}) | found.get(seller.pk, {}))).for_kind(
            SellerKind(seller.kind)
        )
        for seller in wanted
    }


@compiled
def _rates(sellers: list[int], on: date) -> QuerySet[SellerRate]:
    rates = SellerRate.objects.filter(Q(seller=None) | Q(seller__in=sellers), valid_from__lte=on)
    return rates.order_by("valid_from", "pk")
