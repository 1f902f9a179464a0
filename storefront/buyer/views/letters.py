"""What we may send, and in which language."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.accounts.queries import language_of, last_consent, may_send
from storefront.accounts.rules import Purpose
from storefront.basket.session import signed_in
from storefront.buyer import services
from storefront.buyer.forms import LettersForm
from storefront.core.clock import now


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def letters(request: HttpRequest) -> HttpResponse:
    """Show and keep a person's choice; nothing is ticked that they did not tick."""
    user = signed_in(request)
    initial = {"language": language_of(user), "offers": may_send(user, Purpose.OFFERS)}
    form = LettersForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        services.choose_letters(user, now=now(), **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("letters")
    last = last_consent(user, Purpose.OFFERS)
    words = (
        _("You allowed it on %(date)s.")
        if last and last.is_given
        else _("You ended it on %(date)s.")
    )
    context = {
        "form": form,
        "said_text": words % {"date": date_format(localtime(last.at), "j F Y")} if last else "",
        "here": reverse("letters"),
    }
    return render(request, "pages/my_letters.html", context, status=422 if form.is_bound else 200)
