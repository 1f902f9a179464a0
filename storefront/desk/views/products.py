"""The seller's products: the list with stock and price in the row, and one of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from storefront.catalogue import services as catalogue
from storefront.catalogue.queries.cards import main_picture
from storefront.catalogue.rules import ProductState, stock_state
from storefront.core.money import grouped
from storefront.core.refusals import Refusal
from storefront.desk import services
from storefront.desk.forms import DescribeForm, MeasureForm, OfferForm
from storefront.desk.queries import low, movements_of, not_in_shop, offer_of_seller, offers_of
from storefront.desk.views.frame import desk_page, moment_text, page_links
from storefront.desk.views.guard import Desk, seller_required
from storefront.desk.views.undo import remember_change
from storefront.desk.views.words import PRODUCT_KINDS, PRODUCT_WORDS, REASON_WORDS
from storefront.media.rules import Use
from storefront.partner.models import StockRecord
from storefront.stock.models import StockMovement
from storefront.stock.rules import Reason
from storefront.stock.services import StockChangedMeanwhile

PER_PAGE = 20
LONGEST_SEARCH = 100
NARROW = {"low": low, "out": not_in_shop}


@require_GET
@seller_required
def products(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the seller's products; a word narrows them down, and so does a tab."""
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    show = request.GET.get("show", "")
    show = show if show in NARROW else ""
    offers = offers_of(desk.seller, search=search)
    offers = NARROW[show](offers) if show else offers
    page = Paginator(offers, PER_PAGE).get_page(request.GET.get("page"))
    kept = {name: text for name, text in (("q", search), ("show", show)) if text}
    context = {
        "query": search,
        "tabs": _tabs(show),
        "products": [_row(record, back=request.get_full_path()) for record in page],
        "page": page_links(page, **kept),
    }
    return desk_page(request, desk, "products", context)


@require_http_methods(["GET", "POST"])
@seller_required
def product(request: HttpRequest, desk: Desk, record_id: int) -> HttpResponse:
    """Show one product; on POST change how many pieces are free and what they cost."""
    record = offer_of_seller(desk.seller, record_id)
    if record is None:
        raise Http404
    if request.method == "GET":
        return _page(request, desk, record, OfferForm(record))
    form = OfferForm(record, request.POST)
    if not form.is_valid():
        return _page(request, desk, record, form, status=422)
    back, data = form.cleaned_data.pop("next"), form.cleaned_data
    try:
        changed = services.change_offer(record, **data, by=desk.user)
    except StockChangedMeanwhile:
        return _changed_meanwhile(request, desk, record_id)
    except Refusal as refusal:
        form.add_error("price", str(refusal))
        return _page(request, desk, record, form, status=422)
    back = _own(request, back)
    messages.success(request, _saved_text(changed))
    remember_change(request, before=record, after=changed, back=back)
    return redirect(back or reverse("desk-product", args=[record.pk]))


@require_POST
@seller_required
def describe(request: HttpRequest, desk: Desk, record_id: int) -> HttpResponse:
    """Say what a product is made of and its colours."""
    record = offer_of_seller(desk.seller, record_id)
    if record is None:
        raise Http404
    form = DescribeForm(request.POST)
    if form.is_valid():
        catalogue.describe(record.product, **form.cleaned_data)
        messages.success(request, _("“%(title)s” is saved.") % {"title": record.product.title})
    else:
        messages.error(
            request, _("Something of it is no longer to choose from. Please look again.")
        )
    return redirect("desk-product", record.pk)


@require_POST
@seller_required
def measure(request: HttpRequest, desk: Desk, record_id: int) -> HttpResponse:
    """Say how much is in a product, and how large it is packed."""
    record = offer_of_seller(desk.seller, record_id)
    if record is None:
        raise Http404
    form = MeasureForm(request.POST, instance=record.product)
    try:
        if form.is_valid():
            told = form.instance
            catalogue.measure(record.product, net=told.net, box=told.box)
            messages.success(request, _("“%(title)s” is saved.") % {"title": record.product.title})
            return redirect("desk-product", record.pk)
    except Refusal as refusal:
        form.add_error("net_amount", str(refusal))
    return _page(request, desk, record, OfferForm(record), measure_form=form, status=422)


def _saved_text(record: StockRecord) -> str:
    text = ngettext(
        "“%(title)s” is saved: %(n)s piece is free, at %(price)s.",
        "“%(title)s” is saved: %(n)s pieces are free, at %(price)s.",
        record.free,
    )
    known = {"title": record.product.title, "n": record.free, "price": grouped(record.price)}
    return text % known


def _changed_meanwhile(request: HttpRequest, desk: Desk, record_id: int) -> HttpResponse:
    """Show the numbers of now, and say why they are not the ones the seller saw."""
    fresh = offer_of_seller(desk.seller, record_id)
    if fresh is None:
        raise Http404
    text = ngettext(
        "Nothing was saved: somebody bought or changed this meanwhile. "
        "Now %(free)s piece is free, at %(price)s. Please look and save again.",
        "Nothing was saved: somebody bought or changed this meanwhile. "
        "Now %(free)s pieces are free, at %(price)s. Please look and save again.",
        fresh.free,
    )
    messages.error(request, text % {"free": fresh.free, "price": grouped(fresh.price)})
    return _page(request, desk, fresh, OfferForm(fresh), status=409)


def _page(
    request: HttpRequest,
    desk: Desk,
    record: StockRecord,
    form: OfferForm,
    *,
    measure_form: MeasureForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "product": _row(record, back="") | {"facts": _facts(record)},
        "form": form,
        "save_url": reverse("desk-product", args=[record.pk]),
        "measure_form": measure_form or MeasureForm(instance=record.product),
        "measure_url": reverse("desk-product-measure", args=[record.pk]),
        "words_form": _words(record),
        "words_url": reverse("desk-product-describe", args=[record.pk]),
        "events": [_event(movement) for movement in movements_of(record)],
    }
    return desk_page(request, desk, "product", context, status=status)


def _words(record: StockRecord) -> DescribeForm:
    product = record.product
    return DescribeForm(
        initial={"made_of": product.made_of.all(), "colours": product.colours.all()}
    )


def _row(record: StockRecord, *, back: str) -> dict[str, Any]:
    product, form = record.product, OfferForm(record)
    state = ProductState(product.state)
    return {
        "id": record.pk,
        "title": product.title,
        "sku": record.partner_sku,
        "url": reverse("desk-product", args=[record.pk]),
        "shop_url": product.get_absolute_url() if state == ProductState.LIVE else "",
        "picture": main_picture(product, Use.CARD),
        "status_text": str(PRODUCT_WORDS[state]),
        "status_kind": PRODUCT_KINDS[state],
        "stock": record.free,
        "price": form.initial["price"],
        "version": record.version,
        "stock_state": stock_state(free=record.free, lead_days=0),
        "stock_text": _stock_text(record),
        "save_url": reverse("desk-product", args=[record.pk]),
        "next": back,
    }


def _stock_text(record: StockRecord) -> str:
    free = ngettext("%(n)s piece free", "%(n)s pieces free", record.free) % {"n": record.free}
    if not record.num_allocated:
        return free
    return _("%(free)s, %(promised)s promised to buyers") % {
        "free": free,
        "promised": record.num_allocated,
    }


def _facts(record: StockRecord) -> list[dict[str, str]]:
    return [
        {"label": _("In your house"), "text": str(record.num_in_stock)},
        {"label": _("Promised to buyers"), "text": str(record.num_allocated)},
        {"label": _("Free to sell"), "text": str(record.free)},
        {"label": _("Price"), "text": grouped(record.price)},
    ]


def _event(movement: StockMovement) -> dict[str, str]:
    """Return one change of stock; what counts for a seller is how it changed what is free."""
    word = REASON_WORDS[Reason(movement.reason)]
    change = movement.in_stock_change - movement.allocated_change
    amount = f" {change:+d}" if change else ""
    about = f" ({movement.reference})" if movement.reference else ""
    return {"text": f"{word}{amount}{about}", "when_text": moment_text(movement.at)}


def _tabs(show: str) -> list[dict[str, Any]]:
    here = reverse("desk-products")
    labels = {"": _("All"), "low": _("Running out"), "out": _("Not in the shop")}
    return [
        {"label": label, "url": f"{here}?show={name}" if name else here, "current": name == show}
        for name, label in labels.items()
    ]


def _own(request: HttpRequest, address: str) -> str:
    """Return the address if it is a page of the desk."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if is_ours and address.startswith(reverse("desk")) else ""
