"""The buyer writes about what reached them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from storefront.basket.session import signed_in
from storefront.catalogue.models import Product
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused
from storefront.feedback import services
from storefront.feedback.forms import ReviewForm
from storefront.feedback.models import ProductReview
from storefront.feedback.queries import Bought, bought_by, has_bought, photos_of, review_by


@require_safe
@login_required
def my_reviews(request: HttpRequest) -> HttpResponse:
    """Show what reached a person, with what they said of it."""
    rows = [_row(each) for each in bought_by(signed_in(request))]
    return render(request, "pages/my_reviews.html", {"pieces": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write(request: HttpRequest, product_id: int) -> HttpResponse:
    """Show the form of a review, keep it, or take it back."""
    user, product = signed_in(request), Product.objects.filter(pk=product_id).first()
    if product is None or not has_bought(user, product):
        raise Http404
    if request.method == "POST" and "take_back" in request.POST:
        services.take_back_review(user, product)
        messages.success(request, _("Your review is deleted."))
        return redirect("my-reviews")
    known = review_by(user, product)
    earlier = [number for number, _picture in photos_of(known)]
    if request.method != "POST":
        initial = {"score": known.score, "title": known.title, "body": known.body} if known else {}
        return _page(request, product, ReviewForm(initial=initial, earlier=earlier), known)
    form = ReviewForm(request.POST, request.FILES, earlier=earlier)
    if not form.is_valid():
        return _page(request, product, form, known, status=422)
    data = form.cleaned_data
    try:
        services.write_review(
            user,
            product,
            words=form.words(),
            photos=data["photos"],
            without=data.get("without", ()),
        )
    except Refusal as refusal:
        count_refused("pages", refusal.code)
        form.add_error("photos", str(refusal))
        return _page(request, product, form, known, status=422)
    messages.success(request, _("Thank you. We read it, and then others see it."))
    return redirect("my-reviews")


def _page(
    request: HttpRequest,
    product: Product,
    form: ReviewForm,
    known: ProductReview | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "title": product.title,
        "photos": [picture for _number, picture in photos_of(known)],
        "is_written": known is not None,
        "here": reverse("review-write", args=[product.pk]),
        "back_url": reverse("my-reviews"),
    }
    return render(request, "pages/review_write.html", context, status=status)


def _row(bought: Bought) -> dict[str, Any]:
    review = bought.review
    words = {
        None: _("Not written yet"),
        ProductReview.FOR_MODERATION: _("We are reading it"),
        ProductReview.APPROVED: _("Others see it"),
        ProductReview.REJECTED: _("Not shown: it broke our rules"),
    }
    return {
        "title": bought.product.title,
        "url": reverse("review-write", args=[bought.product.pk]),
        "picture": bought.card.picture if bought.card else None,
        "stars": "★" * review.score if review else "",
        "state_text": words[review.status if review else None],
        "link_text": _("Change your review") if review else _("Write a review"),
    }
