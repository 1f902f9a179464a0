"""What buyers ask this seller, and the answers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from storefront.core.clock import now
from storefront.desk.views.frame import desk_page, moment_text, page_links
from storefront.desk.views.guard import Desk, seller_required
from storefront.feedback import services
from storefront.feedback.forms import AnswerForm
from storefront.feedback.models import Question
from storefront.feedback.queries import question_to_seller, questions_to_seller

PER_PAGE = 20


@require_GET
@seller_required
def questions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the seller's questions, those without an answer first."""
    page = Paginator(questions_to_seller(desk.seller), PER_PAGE).get_page(request.GET.get("page"))
    context = {"questions": [_row(each) for each in page], "page": page_links(page)}
    return desk_page(request, desk, "questions", context)


@require_http_methods(["GET", "POST"])
@seller_required
def question(request: HttpRequest, desk: Desk, question_id: int) -> HttpResponse:
    """Show one question; on POST keep the answer."""
    found = question_to_seller(desk.seller, question_id)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"text": found.answer})
    if request.method == "POST" and form.is_valid():
        services.answer(found, text=form.cleaned_data["text"], by=desk.user, now=now())
        messages.success(request, _("Your answer is on the product's page."))
        return redirect("desk-questions")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "question": _row(found)}
    return desk_page(request, desk, "question", context, status=status)


def _row(question: Question) -> dict[str, Any]:
    return {
        "url": reverse("desk-question", args=[question.pk]),
        "product": question.product.title,
        "product_url": question.product.get_absolute_url(),
        "text": question.text,
        "answer": question.answer,
        "when_text": moment_text(question.asked_at),
    }
