"""What search engines read of a product: schema.org data in the page."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from storefront.catalogue.queries import ProductPage
from storefront.catalogue.rules import StockState

# The same that Django's json_script does, so that no text can end the script element.
_HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def product_data(page: ProductPage) -> SafeString:
    """Return the product as JSON-LD, safe inside a script element."""
    text = json.dumps(_product(page), ensure_ascii=False).translate(_HARMLESS)
    return mark_safe(text)  # noqa: S308 -- made harmless in the line above


def _product(page: ProductPage) -> dict[str, Any]:
    product = page.product
    url = f"{settings.SHOP_URL}{product.get_absolute_url()}"
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "description": product.description,
        "sku": product.upc or str(product.pk),
        "url": url,
        "offers": {
            "@type": "Offer",
            "url": url,
            "price": f"{page.offer.price:.2f}",
            "priceCurrency": "INR",
            "availability": f"https://schema.org/{_availability(page)}",
            "seller": {"@type": "Organization", "name": page.offer.seller.name},
        },
    }
    if page.pictures:
        found["image"] = [_absolute(picture.src) for picture in page.pictures]
    if page.review_count and product.rating is not None:
        found["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(product.rating, 1),
            "reviewCount": page.review_count,
        }
    return found


def _availability(page: ProductPage) -> str:
    state = page.offer.stock.state
    if state == StockState.SOLD_OUT:
        return "SoldOut" if page.product.is_one_of_a_kind else "OutOfStock"
    if state == StockState.HELD:
        return "OutOfStock"
    return "MadeToOrder" if state == StockState.MADE_TO_ORDER else "InStock"


def _absolute(address: str) -> str:
    return address if "://" in address else f"{settings.SHOP_URL}{address}"
