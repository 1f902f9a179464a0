"""The seller's money: what is owed and when it comes, and every payout with its statement."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from storefront.core.clock import INDIA, now
from storefront.core.money import from_paise, grouped
from storefront.desk.views.frame import day_text, desk_page, page_links
from storefront.desk.views.guard import Desk, seller_required
from storefront.ledger.queries import owed_to
from storefront.payouts.models import Payout
from storefront.payouts.queries import (
    coming,
    on_the_way,
    payout_of_seller,
    payouts_of,
    statements,
    terms_now,
)
from storefront.payouts.rules import (
    PartOwed,
    PayoutState,
    Standing,
    Terms,
    payable,
    payable_from,
    standing,
)
from storefront.payouts.words import PAYOUT_WORDS, day_of, statement_rows

PER_PAGE = 20
KINDS = {PayoutState.DUE: "", PayoutState.PAID: "ok", PayoutState.FAILED: "bad"}


@require_GET
@seller_required
def money(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what the seller is owed and when it comes, or what was paid."""
    is_paid = request.GET.get("show") == "paid"
    moment, terms, parts, here = now(), terms_now(), coming(desk.seller), reverse("desk-money")
    listed: Any = payouts_of(desk.seller) if is_paid else parts
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    covered = payable(parts, now=moment, terms=terms)
    context = {
        "sums": _sums(desk, covered),
        "tabs": [
            {"label": _("Still to come"), "url": here, "current": not is_paid},
            {"label": _("Paid out"), "url": f"{here}?show=paid", "current": is_paid},
        ],
        "parts": [] if is_paid else [_part(part, moment, terms) for part in page],
        "payouts": [_payout(payout) for payout in page] if is_paid else [],
        "least_text": "" if covered else grouped(from_paise(terms.least_paise)),
        "days": terms.days,
        "page": page_links(page, **({"show": "paid"} if is_paid else {})),
    }
    return desk_page(request, desk, "money", context)


@require_GET
@seller_required
def payout(request: HttpRequest, desk: Desk, payout_id: int) -> HttpResponse:
    """Show one payout of the seller, order by order with every deduction."""
    found = payout_of_seller(desk.seller, payout_id)
    if found is None:
        raise Http404
    rows = statement_rows(statements([found])[found.pk])
    for row in rows:
        row["url"] = reverse("desk-order", args=[row["number"]])
    return desk_page(request, desk, "payout", {"payout": _payout(found), "rows": rows})


def _sums(desk: Desk, covered: list[PartOwed]) -> list[dict[str, Any]]:
    """Return what the seller is owed in all, and when it comes."""
    owed, sent = from_paise(owed_to(desk.seller)), on_the_way(desk.seller)
    following = from_paise(sum(part.paise for part in covered))
    rows = [
        {"label": _("On its way to your bank"), "text": grouped(sent)},
        {"label": _("In the next payout"), "text": grouped(following)},
        {"label": _("Later"), "text": grouped(owed - sent - following)},
    ]
    return [*rows, {"label": _("You are owed"), "text": grouped(owed), "is_total": True}]


def _part(part: PartOwed, moment: datetime, terms: Terms) -> dict[str, Any]:
    return {
        "number": part.number,
        "url": reverse("desk-order", args=[part.number]),
        "amount": grouped(from_paise(part.paise)),
        "when_text": _when(part, moment, terms),
    }


def _when(part: PartOwed, moment: datetime, terms: Terms) -> str:
    """Return when money of a part comes, or what it waits for."""
    found = standing(part, now=moment, terms=terms)
    if part.paise < 0:
        return _("Taken off the next payout")
    if found == Standing.MAY_COME_BACK and part.arrived_at is not None:
        day = payable_from(part.arrived_at, terms).astimezone(INDIA).date()
        return _("From %(date)s on") % {"date": day_text(day)}
    if found == Standing.NOT_ARRIVED:
        return ngettext(
            "%(days)s day after it arrives", "%(days)s days after it arrives", terms.days
        ) % {"days": terms.days}
    if found == Standing.QUESTIONED:
        return _("Waits: the buyer or a bank is asking about it")
    return _("In the next payout")


def _payout(payout: Payout) -> dict[str, Any]:
    state = PayoutState(payout.state)
    return {
        "number": payout.number,
        "url": reverse("desk-payout", args=[payout.pk]),
        "amount": grouped(payout.amount),
        "day": day_of(payout),
        "status_text": PAYOUT_WORDS[state],
        "status_kind": KINDS[state],
        "utr": payout.utr or "",
        "failure": payout.failure,
    }
