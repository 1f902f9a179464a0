"""Oscar's seam: what a product costs, who sells it, and whether it can be bought."""

from decimal import Decimal
from typing import Any

from oscar.apps.partner import strategy as oscar
from oscar.apps.partner.availability import StockRequired, Unavailable
from oscar.apps.partner.prices import TaxInclusiveFixedPrice
from oscar.apps.partner.prices import Unavailable as PriceUnavailable

from storefront.gst.rules import PriceInGap, rate_for, split_inclusive


class Selector(oscar.Selector):
    """One strategy for everybody: prices do not depend on who looks."""

    def strategy(self, request=None, user=None, **kwargs):
        return ShopStrategy()


class ShopStrategy(oscar.Structured):
    """One stock record a product, prices with GST inside."""

    def __init__(self) -> None:
        # Oscar's own looks at request.user here, which makes every page vary by cookie.
        super().__init__(request=None)

    def fetch_for_line(self, line, stockrecord=None):
        return self.fetch_for_product(line.product, line.stockrecord)

    def select_stockrecord(self, product):
        return next(iter(product.stockrecords.all()), None)

    def pricing_policy(self, product, stockrecord):
        if stockrecord is None or stockrecord.price is None:
            return PriceUnavailable()
        return price_of(product, stockrecord.price)

    def parent_pricing_policy(self, product, children_stock):
        return next(
            (self.pricing_policy(child, record) for child, record in children_stock if record),
            PriceUnavailable(),
        )

    def availability_policy(self, product, stockrecord):
        if stockrecord is None or not product.is_public:
            return Unavailable()
        return StockRequired(stockrecord.net_stock_level)

    def parent_availability_policy(self, product, children_stock):
        return next(
            (self.availability_policy(child, record) for child, record in children_stock if record),
            Unavailable(),
        )


def price_of(product: Any, price: Decimal) -> Any:
    """Return Oscar's price object for rupees that include GST."""
    try:
        rate = rate_for(product.gst_rule, unit_price=price)
    except PriceInGap:
        return PriceUnavailable()
    split = split_inclusive(price, rate=rate, within_state=False)
    return TaxInclusiveFixedPrice(
        currency="INR", excl_tax=split.taxable, tax=split.igst, tax_code=f"{product.hsn}@{rate}"
    )
