"""One product's page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from storefront.catalogue.models import Product
from storefront.catalogue.queries import (
    Alike,
    ProductPage,
    alike,
    facts_of,
    product_page,
    shown_product,
)
from storefront.catalogue.queries.facts import dispatch_text
from storefront.catalogue.queries.product import Seller
from storefront.catalogue.queries.promises import (
    delivery_text,
    lines_of,
    offer_facts,
    returns_text,
    sources_of,
    unit_price_text,
)
from storefront.catalogue.queries.said import Answered, Review, Said
from storefront.catalogue.views.linked_data import product_data
from storefront.core.money import grouped
from storefront.core.plugs import plug
from storefront.core.references import uuid_of


@require_safe
def product(request: HttpRequest, slug: str, product_id: int) -> HttpResponse:
    """Show a product; one that is no longer sold says so and shows pieces like it."""
    found = shown_product(product_id)
    if found is None:
        raise Http404
    if slug != found.slug:
        return redirect(found, permanent=True)
    return product_shown(request, found)


def product_shown(
    request: HttpRequest, found: Product, *, pin: dict[str, Any] | None = None
) -> HttpResponse:
    """Return a product's page; `pin` is what somebody asked of delivery, and the answer."""
    page = product_page(found) if found.is_public else None
    others = _others(alike(found), found)
    if page is None:
        context = {"title": found.title, "others": others}
        return render(request, "pages/product_gone.html", context, status=410)
    story = uuid_of(request.GET.get("story", ""))
    context = _context(page, pin=pin) | {
        "story": story,
        "others": others,
        "stories": plug("STORIES_OF_PRODUCT")(found),
    }
    return render(request, "pages/product.html", context)


def _context(page: ProductPage, *, pin: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "breadcrumbs": _breadcrumbs(page),
        "product": _product(page) | {"pin": pin},
        "seller": _seller(page.offer.seller),
        "maker": page.maker,
        "sources": sources_of(page.product, maker=page.maker, seller=page.offer.seller),
        **reviews_shown(page.said),
        "all_reviews_url": reverse("reviews", args=[page.product.slug, page.product.pk]),
        "questions": [_question(each) for each in page.said.questions],
        "ask_url": reverse("question-ask", args=[page.product.pk]),
        "linked_data": product_data(page),
    }


def _product(page: ProductPage) -> dict[str, Any]:
    product, stock = page.product, page.offer.stock
    district = product.district
    return {
        "id": product.pk,
        "title": product.title,
        "description": product.description,
        "pictures": page.pictures,
        "district_name": district.name if district else "",
        "district_url": reverse("district", args=[district.slug]) if district else "",
        "craft_name": product.craft.name if product.craft else "",
        "craft_url": reverse("craft", args=[product.craft.slug]) if product.craft else "",
        "price_text": grouped(page.offer.price),
        "unit_price_text": unit_price_text(product, page.offer),
        "tax_note": _("MRP, inclusive of all taxes"),
        "stock_state": stock.state,
        "stock_text": stock.text,
        "max_quantity": stock.free,
        "is_one_of_a_kind": product.is_one_of_a_kind,
        "add_url": reverse("basket-add"),
        "pin_url": reverse("product-delivery", args=[product.slug, product.pk]),
        "wish_url": reverse("wish-add", args=[product.pk]),
        "alert_url": reverse("alert-ask", args=[product.pk]),
        "delivery_text": dispatch_text(product.lead_days) if stock.free > 0 else "",
        "delivery_price_text": delivery_text(page.offer.deliveries),
        "returns_text": returns_text(settings.RETURN_DAYS),
        "returns_url": reverse("returns"),
        "making": lines_of(product.craft.making) if product.craft else (),
        "care": lines_of(product.craft.care) if product.craft else (),
        "facts": [*facts_of(product), *offer_facts(product, page.offer)],
    }


def _breadcrumbs(page: ProductPage) -> list[dict[str, str]]:
    product = page.product
    found = [{"title": _("Shop"), "url": reverse("shop")}]
    if product.craft:
        url = reverse("craft", args=[product.craft.slug])
        found.append({"title": product.craft.name, "url": url})
    return [*found, {"title": product.title}]


@dataclass(frozen=True, slots=True)
class SoldBy:
    """Who sells it, as the page names them; name, address and tax standing are the law's."""

    name: str
    address: str
    standing: str
    contact_url: str


def _seller(seller: Seller) -> SoldBy:
    if seller.gstin:
        standing = _("Registered under GST: %(number)s") % {"number": seller.gstin}
    elif seller.enrolment_number:
        standing = _("Not registered under GST; enrolled as %(number)s") % {
            "number": seller.enrolment_number
        }
    else:
        standing = _("Not registered under GST")
    return SoldBy(
        name=seller.name,
        address=seller.address,
        standing=standing,
        contact_url=reverse("contact"),
    )


def reviews_shown(said: Said) -> dict[str, Any]:
    """Return what components/reviews.html shows."""
    return {
        "rating_text": _rating_text(said),
        "spread": [
            {"stars": score, "count": count, "of": said.count} for score, count in said.spread
        ],
        "reviews": [_review(review) for review in said.reviews],
    }


def _rating_text(said: Said) -> str:
    if said.mean is None:
        return ""
    return ngettext(
        "%(stars)s of 5, from %(count)s review",
        "%(stars)s of 5, from %(count)s reviews",
        said.count,
    ) % {"stars": f"{said.mean:.1f}", "count": said.count}


def _review(review: Review) -> dict[str, Any]:
    return {
        "stars": "★" * review.score + "☆" * (5 - review.score),
        "stars_text": _("%(score)s of 5") % {"score": review.score},
        "title": review.title,
        "body": review.body,
        "photos": review.photos,
        "by": _("%(name)s, %(date)s")
        % {"name": review.name, "date": date_format(review.on, "j F Y")},
    }


def _question(asked: Answered) -> dict[str, str]:
    return {
        "question": asked.question,
        "answer": asked.answer,
        "on_text": date_format(asked.on, "j F Y"),
    }


def _others(found: Alike, product: Product) -> list[dict[str, Any]]:
    """Return the rows of other pieces that have something to show."""
    craft, district = product.craft, product.district
    rows: list[dict[str, Any]] = []
    if found.by_maker:
        first = found.by_maker[0]
        named = _("More by %(name)s") % {"name": first.maker_name}
        title = named if first.maker_slug else _("More by the same maker")
        rows.append({"title": title, "cards": found.by_maker})
    if found.of_craft and craft:
        rows.append(
            {
                "title": _("More in %(craft)s") % {"craft": craft.name},
                "cards": found.of_craft,
                "url": f"{reverse('shop')}?craft={craft.slug}",
                "link_text": _("All of this craft"),
            }
        )
    if found.of_district and district:
        rows.append(
            {
                "title": _("More from %(district)s") % {"district": district.name},
                "cards": found.of_district,
                "url": reverse("district", args=[district.slug]),
                "link_text": _("All of this district"),
            }
        )
    return rows
