"""The address book: look, add, change, choose the usual one, delete after a question."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from oscar.apps.address.models import UserAddress

from storefront.basket.session import signed_in
from storefront.buyer.forms import BookForm
from storefront.checkout import services
from storefront.checkout.queries import address_fields, kept_addresses
from storefront.core.doors import form_of
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused
from storefront.order.queries import address_lines


@require_safe
@login_required
def addresses(request: HttpRequest) -> HttpResponse:
    """Show the saved addresses."""
    rows = [_row(each) for each in kept_addresses(signed_in(request))]
    context = {"addresses": rows, "new_url": reverse("address-new")}
    return render(request, "pages/addresses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def address_form(request: HttpRequest, address_id: int | None = None) -> HttpResponse:
    """Take a new address, or change one."""
    user = signed_in(request)
    known = _own(request, address_id) if address_id else None
    if request.method != "POST":
        return _page(request, _first_form(request, known), known)
    if "look_up" in request.POST:
        return _page(request, BookForm.looked_up(request.POST.dict()), known)
    form = BookForm(request.POST)
    if not form.is_valid():
        form.fill_in()
        return _page(request, form, known, status=422)
    try:
        services.save_address(
            user,
            form.where(),
            address_id=address_id,
            is_usual=form.cleaned_data["is_usual"],
        )
    except Refusal as refusal:
        count_refused("pages", refusal.code)
        form.add_error(None, str(refusal))
        return _page(request, form, known, status=409)
    messages.success(request, _("The address is saved."))
    return redirect("addresses")


@form_of("addresses")
@login_required
def make_usual(request: HttpRequest, address_id: int) -> HttpResponse:
    """Have parcels sent there from now on."""
    services.make_usual(signed_in(request), address_id=address_id)
    messages.success(request, _("Parcels go there from now on."))
    return redirect("addresses")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_address(request: HttpRequest, address_id: int) -> HttpResponse:
    """Ask once more, and delete an address."""
    found = kept_addresses(signed_in(request)).filter(pk=address_id).first()
    if request.method == "POST" or found is None:  # gone already: two tabs
        services.delete_address(signed_in(request), address_id=address_id)
        messages.success(request, _("The address is deleted."))
        return redirect("addresses")
    return render(request, "pages/address_delete.html", {"address": _row(found)})


def _own(request: HttpRequest, address_id: int) -> UserAddress:
    found = kept_addresses(signed_in(request)).filter(pk=address_id).first()
    if found is None:
        raise Http404
    return found


def _first_form(request: HttpRequest, known: UserAddress | None) -> BookForm:
    if known is None:
        return BookForm(initial={"name": signed_in(request).get_full_name()})
    is_usual = {"is_usual": known.is_default_for_shipping}
    return BookForm.looked_up(address_fields(known) | is_usual)


def _page(
    request: HttpRequest, form: BookForm, known: UserAddress | None, *, status: int = 200
) -> HttpResponse:
    here = reverse("address", args=[known.pk]) if known else reverse("address-new")
    context = {
        "form": form,
        "title": _("Change the address") if known else _("Add an address"),
        "here": here,
        "back_url": reverse("addresses"),
    }
    return render(request, "pages/address_form.html", context, status=status)


def _row(address: UserAddress) -> dict[str, Any]:
    return {
        "name": address.first_name,
        "lines": address_lines(address),
        "phone": str(address.phone_number or ""),
        "is_usual": address.is_default_for_shipping,
        "change_url": reverse("address", args=[address.pk]),
        "usual_url": reverse("address-usual", args=[address.pk]),
        "delete_url": reverse("address-delete", args=[address.pk]),
        "back_url": reverse("addresses"),
    }
