"""A person's own data: what we keep, a copy of it, and the end of the account."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from storefront.basket.session import signed_in
from storefront.buyer import services
from storefront.buyer.forms import EraseForm
from storefront.buyer.queries import data_of
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused


@require_safe
@login_required
def data(request: HttpRequest) -> HttpResponse:
    """Say what is kept and why; with `?file` give all of it as JSON."""
    if "file" not in request.GET:
        context = {"file_url": f"{reverse('my-data')}?file=1", "erase_url": reverse("erase")}
        return render(request, "pages/my_data.html", context)
    indented = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(data_of(signed_in(request)), json_dumps_params=indented)
    response["Content-Disposition"] = 'attachment; filename="zila.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, and delete the account of whoever types its password."""
    user = signed_in(request)
    form, status = EraseForm(user, request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                services.erase(user)
            except Refusal as refusal:
                count_refused("pages", refusal.code)
                form.add_error(None, str(refusal))
                status = 409
            else:
                logout(request)
                messages.success(request, _("Your account is deleted."))
                return redirect("account_login")
    context = {"form": form, "here": reverse("erase"), "back_url": reverse("my-data")}
    return render(request, "pages/erase.html", context, status=status)
