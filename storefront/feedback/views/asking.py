"""Questions before buying."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from storefront.basket.session import signed_in
from storefront.catalogue.queries import shown_product
from storefront.core.clock import now
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused
from storefront.feedback import services
from storefront.feedback.forms import QuestionForm
from storefront.feedback.queries import questions_of

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, product_id: int) -> HttpResponse:
    """Take a question about a product."""
    user, product = signed_in(request), shown_product(product_id)
    if product is None:
        raise Http404
    form, status = QuestionForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                services.ask(user, product, text=form.cleaned_data["text"], now=now())
            except Refusal as refusal:
                count_refused("pages", refusal.code)
                form.add_error("text", str(refusal))
                status = 429 if isinstance(refusal, services.TooManyQuestions) else 409
            else:
                messages.success(request, _("The seller has your question. We write to you."))
                return redirect("my-questions")
    context = {
        "form": form,
        "title": product.title,
        "product_url": product.get_absolute_url(),
        "here": reverse("question-ask", args=[product.pk]),
    }
    return render(request, "pages/question_ask.html", context, status=status)


@require_safe
@login_required
def my_questions(request: HttpRequest) -> HttpResponse:
    """Show what a person asked, and what they were answered."""
    user = signed_in(request)
    rows = [
        {
            "title": each.product.title,
            "url": each.product.get_absolute_url(),
            "question": each.text,
            "answer": each.answer,
            "on_text": date_format(localtime(each.asked_at), "j F Y"),
        }
        for each in questions_of(user)[:SHOWN]
    ]
    return render(request, "pages/my_questions.html", {"questions": rows})
