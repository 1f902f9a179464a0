"""What all pages of the desk have around them, and how they tell days and pages."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from storefront.desk.views.guard import Desk
from storefront.desk.views.undo import undo_offered
from storefront.fulfilment.queries import workload

# Which of the doors at the bottom is lit on which page.
SECTIONS = {
    "cancel": "orders",
    "order": "orders",
    "payout": "money",
    "product": "products",
    "question": "today",
    "questions": "today",
}


def desk_page(
    request: HttpRequest, desk: Desk, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Set one page of the desk in its frame."""
    work = workload(desk.seller)
    frame = {
        "seller_name": desk.seller.name,
        "lang": (get_language() or "en")[:2],
        "section": SECTIONS.get(name, name),
        "open_count": work.total,
        "today_url": reverse("desk"),
        "orders_url": reverse("desk-orders"),
        "products_url": reverse("desk-products"),
        "money_url": reverse("desk-money"),
        "account_url": reverse("account"),
        "shop_url": reverse("shop"),
        "has_choice": len(desk.sellers) > 1,
    }
    page = {"desk": frame, "workload": work, "undo": undo_offered(request, desk), **context}
    return render(request, f"desk/{name}.html", page, status=status)


def page_links(page: Page[Any], **query: str) -> dict[str, Any]:
    """Return where a list goes on; `query` is what stays in the address."""

    def at(number: int) -> str:
        return f"?{urlencode({**query, 'page': number})}"

    return {
        "number": page.number,
        "pages": page.paginator.num_pages,
        "prev_url": at(page.previous_page_number()) if page.has_previous() else "",
        "next_url": at(page.next_page_number()) if page.has_next() else "",
    }


def day_text(day: date) -> str:
    """Return a day of this year or so for people: 24 November."""
    return date_format(day, "j F")


def moment_text(moment: datetime) -> str:
    """Return a moment for people, by India's clock: 24 November, 16:10."""
    return date_format(localtime(moment), "j F, H:i")
