"""Changing stock and price in one go: both, or neither."""

from decimal import Decimal

from django.db import transaction

from storefront.accounts.models import User
from storefront.partner.models import StockRecord
from storefront.partner.services import set_price
from storefront.stock.rules import Reason
from storefront.stock.services import set_free


@transaction.atomic(durable=True)
def change_offer(
    record: StockRecord, *, free: int, price: Decimal, version: int, by: User
) -> StockRecord:
    """
    Say how many pieces are free to sell and at what price in rupees, GST included.

    Raises:
        StockChangedMeanwhile: it was sold from or edited since `version`; nothing changed.
        PriceRefused, PriceInGap: this price cannot be asked for; nothing changed.
    """
    counted = set_free(record, free=free, version=version, by=by, reason=Reason.EDIT)
    return set_price(counted, price=price, version=counted.version, by=by)
