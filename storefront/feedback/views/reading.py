"""All that buyers said of a product: a public page."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from storefront.catalogue.queries import shown_product
from storefront.catalogue.views.product import reviews_shown
from storefront.feedback.queries import PER_PAGE, reviews_page
from storefront.feedback.rules import Sort

_PAGE = re.compile(r"[1-9]\d{0,4}", re.ASCII)


@require_safe
def reviews(request: HttpRequest, slug: str, product_id: int) -> HttpResponse:
    """Show a page of a product's reviews, sorted; what makes no sense is the first page."""
    found = shown_product(product_id)
    if found is None or not found.is_public:
        raise Http404
    here = reverse("reviews", args=[found.slug, found.pk])
    if slug != found.slug:
        return redirect(here, permanent=True)
    asked, typed = request.GET.get("sort", ""), request.GET.get("page", "1")
    sort = Sort(asked) if asked in set(Sort) else Sort.NEWEST
    page = int(typed) if _PAGE.fullmatch(typed) else 1
    said = reviews_page(found.pk, sort=sort, page=page)
    if not said.reviews and page > 1:
        return redirect(f"{here}?sort={sort.value}")
    last = max(1, -(-said.count // PER_PAGE))
    context = reviews_shown(said) | {
        "title": found.title,
        "product_url": found.get_absolute_url(),
        "sorts": [
            {"name": label, "url": f"{here}?sort={each.value}", "current": each == sort}
            for each, label in _sorts().items()
        ],
        "page": {
            "number": page,
            "pages": last,
            "prev_url": f"{here}?sort={sort.value}&page={page - 1}" if page > 1 else "",
            "next_url": f"{here}?sort={sort.value}&page={page + 1}" if page < last else "",
        },
    }
    return render(request, "pages/reviews.html", context)


def _sorts() -> dict[Sort, str]:
    return {
        Sort.NEWEST: _("Newest first"),
        Sort.HIGHEST: _("Most stars first"),
        Sort.LOWEST: _("Fewest stars first"),
    }
