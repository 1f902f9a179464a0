"""Offers and vouchers, as staff make them in the dashboard."""

from datetime import timedelta
from itertools import count
from typing import Any

from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer, Range
from oscar.apps.voucher.models import Voucher

from storefront.catalogue.models import Product
from storefront.core.clock import now

_numbers = count(1)
DAY = timedelta(days=1)


def make_range(*products: Product, **facts: Any) -> Range:
    """Make a range of these products, or of all there are."""
    kept = Range.objects.create(
        name=f"Range {next(_numbers)}", includes_all_products=not products and not facts, **facts
    )
    for product in products:
        kept.add_product(product)
    return kept


def make_offer(
    benefit: str = Benefit.PERCENTAGE,
    value: Any = 10,
    *,
    condition: tuple[str, Any] = (Condition.COUNT, 1),
    on: Range | None = None,
    most_items: int | None = None,
    **facts: Any,
) -> ConditionalOffer:
    """Make an offer on everything that combines with others; ten in a hundred unless told."""
    kept = on or make_range()
    is_without = benefit.startswith("Shipping") or benefit == Benefit.FIXED_PRICE
    kind, least = condition
    known: dict[str, Any] = {
        "name": f"Offer {next(_numbers)}",
        "offer_type": ConditionalOffer.SITE,
        "exclusive": False,
        "condition": Condition.objects.create(range=kept, type=kind, value=least),
        "benefit": Benefit.objects.create(
            range=None if is_without else kept,
            type=benefit,
            value=value,
            max_affected_items=most_items,
        ),
    }
    return ConditionalOffer.objects.create(**(known | facts))


def make_voucher(code: str = "DIWALI10", *offers: ConditionalOffer, **facts: Any) -> Voucher:
    """Make a voucher for everybody, valid from yesterday until tomorrow; ten in a hundred off."""
    known: dict[str, Any] = {
        "name": f"Voucher {code}",
        "start_datetime": now() - DAY,
        "end_datetime": now() + DAY,
        "usage": Voucher.MULTI_USE,
    }
    voucher = Voucher.objects.create(code=code, **(known | facts))
    given = offers or (make_offer(offer_type=ConditionalOffer.VOUCHER),)
    voucher.offers.set(given)
    return voucher
