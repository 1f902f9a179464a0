"""
Inside the shop: prepare what is bought, or let every job run until nothing waits any more.

`python -m benchmarks.inside benchmarks.zila.rest stock 40` gives that many products plenty of
pieces, `… rest jobs` works off what a crash left. Both answer with JSON.
"""

import json
import sys
from collections import Counter
from datetime import timedelta

from storefront.catalogue.models import Product
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.partner.models import StockRecord
from storefront.payment import services as payment
from storefront.payment.models import MoneyMovement, Refund
from storefront.payment.rules import MoneyKind
from storefront.stock.queries import differences
from storefront.stock.rules import Reason
from storefront.stock.services import end_overdue, set_free

PLENTY = 1000
ROUNDS = 4


def main(words: list[str]) -> None:
    """Do what the first word says."""
    json.dump(_stock(int(words[1])) if words[0] == "stock" else _jobs(), sys.stdout)


def _stock(number: int) -> list[tuple[str, int]]:
    """Return address and number of so many products, which nobody will find sold out."""
    records = StockRecord.objects.filter(
        product__in=Product.objects.live(), product__is_one_of_a_kind=False
    )
    found = list(records.select_related("product").order_by("partner", "pk")[:number])
    for record in found:
        set_free(record, free=PLENTY, version=record.version, by=None, reason=Reason.EDIT)
    return [(record.product.get_absolute_url(), record.product_id) for record in found]


def _jobs() -> dict[str, int]:
    waited = Order.objects.filter(status=OrderState.PENDING_PAYMENT).count()
    for round_ in range(1, ROUNDS + 1):
        # Late enough for every message that failed, and for every order nobody paid.
        later = now() + timedelta(hours=2 * round_)
        payment.catch_up(now=now())
        payment.poll(now=later)
        payment.sweep(now=later)
        end_overdue(now=later)
    states = Counter(Order.objects.values_list("status", flat=True))
    return {
        "waited": waited,
        "confirmed": states[OrderState.CONFIRMED],
        "cancelled": states[OrderState.CANCELLED],
        "waiting": states[OrderState.PENDING_PAYMENT],
        "charges": MoneyMovement.objects.filter(kind=MoneyKind.CAPTURE).count(),
        "sent back": Refund.objects.exclude(automatic_for=None).count(),
        "stock differences": len(differences()),
    }
