"""What letters about an order say, as plain values in the buyer's language."""

from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from storefront.catalogue.queries import main_picture_of
from storefront.core.compiled import compiled
from storefront.core.money import ZERO, grouped
from storefront.core.words import in_language
from storefront.notices import services as notices
from storefront.order.models import Line, Order, SellerOrder
from storefront.order.queries import address_lines, discounts_of, is_discounted
from storefront.partner.models import Partner


def write_to_buyer(order: Order, letter: str, context: dict[str, Any]) -> None:
    """Queue a letter about an order, in its buyer's language."""
    notices.write(letter, to=order.email, language=order.letters_in, context=context)


def letter_context(order: Order) -> dict[str, Any]:
    """Return what every letter about an order says; `lines` are all that was ordered."""
    with translation.override(order.letters_in):
        lines = _lines_of(order.pk)
        discounts = discounts_of(order, lines)
        off_delivery = sum((each.amount for each in discounts if each.is_on_delivery), ZERO)
        address = order.shipping_address
        return {
            "number": order.number,
            "name": address.first_name if address else "",
            "address": [address.first_name, *address_lines(address)] if address else [],
            "url": f"{settings.SHOP_URL}/{order.letters_in}/orders/{order.token}/",
            "total": grouped(order.total_incl_tax),
            "shipping": grouped(order.shipping_incl_tax + off_delivery),
            "lines": [
                _told(line, line.quantity, grouped(line.line_price_before_discounts_incl_tax))
                for line in lines
            ],
            "discounts": [{"label": each.label, "off": each.text} for each in discounts],
        }


def part_context(part: SellerOrder) -> dict[str, Any]:
    """Return what a letter about one seller's parcel says: `lines` are what is in it."""
    order = part.order
    with translation.override(order.letters_in):
        lines = [
            _told(line, line.quantity_left)
            for line in _lines_of(order.pk)
            if line.seller_order_id == part.pk and line.quantity_left
        ]
        seller = part.seller.name
    return letter_context(order) | {"seller": seller, "lines": lines}


def _told(line: Any, quantity: int, price: str = "") -> dict[str, Any]:
    """Return what a letter says of so many pieces of a line, in the language of the moment."""
    seller = line.partner
    page = reverse("product", args=[line.slug, line.product_id]) if line.slug else ""
    return {
        "id": line.pk,
        "title": in_language(line.title, line.title_hi),
        "quantity": quantity,
        "price": price,
        "seller": seller.name if seller else line.partner_name,
        "place": _place(seller) if seller else "",
        "url": settings.SHOP_URL + page if page else "",
        "picture": line.picture,
    }


def _place(seller: Partner) -> str:
    """Return where a seller is and how the state knows it, as the law wants it on every sale."""
    town = f"{seller.town} {seller.pin}".strip()
    if seller.gstin:
        return gettext("%(town)s · GSTIN %(number)s") % {"town": town, "number": seller.gstin}
    words = gettext("%(town)s · enrolment number %(number)s")
    return words % {"town": town, "number": seller.enrolment_number}


@compiled
def _lines_of(order_id: int) -> QuerySet[Any]:
    """Return an order's lines with their sellers, and the addresses and pictures of products."""
    lines = Line.objects.filter(order=order_id).select_related("partner").order_by("pk")
    return lines.annotate(
        slug=F("product__slug"),
        picture=main_picture_of("product"),
        is_discounted=is_discounted(order_id),
    )
