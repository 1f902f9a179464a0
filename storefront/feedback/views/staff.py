"""Staff take questions off their pages that do not belong there."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from storefront.core.doors import staff_only
from storefront.feedback import services
from storefront.feedback.models import Question

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(see="reviews.view_productreview", act="reviews.change_productreview")
def questions_page(request: HttpRequest) -> HttpResponse:
    """Show the newest questions; hide one, or show it again."""
    if request.method == "POST":
        number = request.POST.get("question", "")
        if number.isdecimal() and len(number) < 19:
            services.hide(int(number), is_hidden="hide" in request.POST)
        return redirect("staff-questions")
    found = Question.objects.select_related("product", "asker").order_by("-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "staff/questions.html", {"questions": page})
