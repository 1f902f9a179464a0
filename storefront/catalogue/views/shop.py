"""The whole catalogue, with its filters in the address."""

from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from storefront.catalogue import forms
from storefront.catalogue.queries import ShopPage, shop_page
from storefront.catalogue.queries.filters import Group
from storefront.catalogue.views.paging import page_links


@require_safe
def shop(request: HttpRequest) -> HttpResponse:
    """Show the whole catalogue, or what fits the filters; what makes no sense is left out."""
    wish, notes = forms.read_wish(request.GET)
    page = shop_page(wish)
    if page.unknown:
        notes.append(forms.unknown_note(page.unknown))
    if wish.page > page.pages:
        notes.append(_("There are fewer pages: this is the last one."))
    return render(request, "pages/shop_list.html", _context(page, notes))


def _context(page: ShopPage, notes: list[str]) -> dict[str, Any]:
    here = reverse("shop")
    number = page.wish.page
    wanted = forms.pairs(page.wish)

    def at(wanted_page: int) -> str:
        """Return the address of another page of this list; the first needs no number."""
        extra = [("page", str(wanted_page))] if wanted_page > 1 else []
        return forms.address(here, [*wanted, *extra])

    return {
        "breadcrumbs": [{"title": _("Shop")}],
        # Shown with this page and kept nowhere: a public page has no session to keep them in.
        "notes": [Message(messages.INFO, note) for note in notes],
        "total": page.total,
        "crafts": [
            {"name": option.name, "url": reverse("craft", args=[option.slug])}
            for option in page.options[Group.CRAFT]
        ],
        "facets": forms.facets(page, here),
        "chips": forms.chips(page, here),
        "clear_url": here,
        "cards": page.cards,
        "page": page_links(number=number, pages=page.pages, address=at),
        # A filtered list is the same things once more: search engines are sent to the whole.
        "is_filtered": bool(wanted),
        "page_query": f"?page={number}" if number > 1 and not wanted else "",
    }
