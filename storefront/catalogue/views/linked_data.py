"""What search engines read of a product: schema.org data that says what the page says."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from storefront.catalogue.queries import ProductPage
from storefront.catalogue.queries.product import Delivery
from storefront.catalogue.rules import READY_STOCK_DAYS, Quantity, StockState, Unit, unit_price
from storefront.core.linked_data import absolute

# UN/CEFACT's common codes.
UNIT_CODES = {
    Unit.GRAM: "GRM",
    Unit.KILOGRAM: "KGM",
    Unit.MILLILITRE: "MLT",
    Unit.LITRE: "LTR",
    Unit.CENTIMETRE: "CMT",
    Unit.METRE: "MTR",
    Unit.PIECE: "H87",
    Unit.PAIR: "PR",
}


def product_data(page: ProductPage) -> dict[str, Any]:
    """Return the product with its offer."""
    product = page.product
    url = absolute(product.get_absolute_url())
    found: dict[str, Any] = {
        "@type": "Product",
        "name": product.title,
        "description": product.description,
        "sku": product.upc or str(product.pk),
        "url": url,
        "countryOfOrigin": product.country_of_origin,
        "offers": _offer(page, url),
    }
    if product.materials:
        found["material"] = product.materials
    if page.pictures:
        found["image"] = [absolute(picture.large) for picture in page.pictures]
    if page.review_count and product.rating is not None:
        found["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(product.rating, 1),
            "reviewCount": page.review_count,
        }
    return found


def _offer(page: ProductPage, url: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Offer",
        "url": url,
        "price": f"{page.offer.price:.2f}",
        "priceCurrency": "INR",
        "availability": f"https://schema.org/{_availability(page)}",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": page.offer.seller.name},
        "shippingDetails": [
            _shipping(each, handling_days=page.product.lead_days or READY_STOCK_DAYS)
            for each in page.offer.deliveries
        ],
        "hasMerchantReturnPolicy": _returns(),
    }
    if per_unit := _per_unit(page):
        found["priceSpecification"] = per_unit
    return found


def _per_unit(page: ProductPage) -> dict[str, Any] | None:
    """
    Return the price with how much is in the pack, and of how much the unit price is told.

    Source: https://support.google.com/merchants/answer/6324490, unit pricing base measure.
    """
    price, net = page.offer.price, page.product.net
    each = unit_price(price, net=net)
    if each is None:
        return None
    return {
        "@type": "UnitPriceSpecification",
        "price": f"{price:.2f}",
        "priceCurrency": "INR",
        "referenceQuantity": _amount(net.told())
        | {"valueReference": _amount(Quantity(Decimal(1), each.per))},
    }


def _amount(quantity: Quantity) -> dict[str, str]:
    return {
        "@type": "QuantitativeValue",
        "value": f"{quantity.amount.normalize():f}",
        "unitCode": UNIT_CODES[quantity.unit],
    }


def _shipping(delivery: Delivery, *, handling_days: int) -> dict[str, Any]:
    destination: dict[str, Any] = {"@type": "DefinedRegion", "addressCountry": "IN"}
    if delivery.regions:
        destination["addressRegion"] = list(delivery.regions)
    return {
        "@type": "OfferShippingDetails",
        "shippingRate": _rupees(delivery.charge),
        "shippingDestination": destination,
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": _days(0, handling_days),
            "transitTime": _days(delivery.days_min, delivery.days_max),
        },
    }


def _returns() -> dict[str, Any]:
    """Return what the page of returns says: what came faulty or wrong is paid back in full."""
    return {
        "@type": "MerchantReturnPolicy",
        "applicableCountry": "IN",
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": settings.RETURN_DAYS,
        "itemCondition": "https://schema.org/DamagedCondition",
        "itemDefectReturnFees": "https://schema.org/FreeReturn",
        "refundType": "https://schema.org/FullRefund",
        "merchantReturnLink": absolute(reverse("returns")),
    }


def _rupees(amount: Decimal) -> dict[str, str]:
    return {"@type": "MonetaryAmount", "value": f"{amount:.2f}", "currency": "INR"}


def _days(least: int, most: int) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitCode": "DAY"}


def _availability(page: ProductPage) -> str:
    state = page.offer.stock.state
    if state == StockState.SOLD_OUT:
        return "SoldOut" if page.product.is_one_of_a_kind else "OutOfStock"
    if state == StockState.HELD:
        return "OutOfStock"
    return "MadeToOrder" if state == StockState.MADE_TO_ORDER else "InStock"
