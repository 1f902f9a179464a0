"""Every way to say no, in one table, and its form: problems as RFC 9457 has them."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from storefront.api.reading import UnstorableText
from storefront.api.words import OURS, words_for
from storefront.basket.services import VoucherRefused
from storefront.checkout.services import BasketHasProblems
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused
from storefront.payment.gateways.registry import WayRefused

PROBLEM_JSON = "application/problem+json"
# What views call the whole body or query; callers need not know.
_PARAMETERS = {"payload", "query", "paging"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem. `detail` speaks instead of a refusal that was not meant for readers."""

    status: int
    title: Any
    detail: Any = ""
    retry_after: int = 0


_SHORTLY = _("The payment page cannot be reached. Please try again shortly.")
_REFUSED = _("The payment provider refused this. Please start another try.")
_NO_TEXT = _("Some characters cannot be read, so nothing was done. Please send it without them.")
_NO_RATE = _("We cannot say what delivery costs at the moment. Please try again later.")
KINDS: dict[str, Kind] = {
    # What the shop refuses, by the refusal's own code.
    "refused": Kind(409, _("This is not possible"), _("This is not possible now.")),
    "cannot-add": Kind(409, _("This cannot go into the basket")),
    "basket-closed": Kind(409, _("This basket was ordered already")),
    "basket-empty": Kind(409, _("The basket is empty")),
    "basket-has-problems": Kind(409, _("Something in the basket changed")),
    "sold-out": Kind(409, _("Sold out"), _("Somebody else bought the last one.")),
    "voucher-refused": Kind(409, _("This voucher cannot be used")),
    "total-changed": Kind(409, _("The total changed")),
    "cannot-deliver": Kind(409, _("A seller cannot deliver there")),
    "parcel-too-heavy": Kind(503, _("Delivery cannot be priced"), _NO_RATE, retry_after=300),
    "idempotency-key-reused": Kind(409, _("This key belongs to another request")),
    "not-payable": Kind(409, _("This order cannot be paid")),
    "cash-on-the-way": Kind(409, _("A courier has to do with the money")),
    "way-refused": Kind(409, _("This cannot be paid so")),
    "code-refused": Kind(422, _("This is not the code")),
    "no-new-code": Kind(429, _("No new code can be sent"), retry_after=60),
    "too-many-payments": Kind(429, _("Too many payments were started"), retry_after=3600),
    "cannot-cancel": Kind(409, _("This order cannot be cancelled")),
    "not-paid-yet": Kind(409, _("This order is not paid yet")),
    "already-cancelled": Kind(409, _("This was cancelled already")),
    "too-many-pieces": Kind(409, _("So many pieces are not left")),
    "too-late-to-cancel": Kind(409, _("The parcel is packed or has left")),
    "part-not-ready": Kind(409, _("Not possible with this parcel now")),
    "charge-disputed": Kind(409, _("The bank is questioning the payment")),
    "refund-being-decided": Kind(409, _("A refund of this order is being decided")),
    "nothing-chosen": Kind(422, _("No piece was chosen")),
    "no-such-line": Kind(422, _("The order has no such line")),
    "gateway-down": Kind(503, _("Payment is out of reach"), _SHORTLY, retry_after=10),
    "gateway-refused": Kind(502, _("Payment was refused"), _REFUSED),
    "no-such-basket": Kind(404, _("There is no such basket")),
    "no-such-order": Kind(404, _("There is no such order")),
    "no-such-part": Kind(404, _("The order has no such part")),
    # What the door itself refuses.
    "not-understood": Kind(
        400, _("Not understood"), _("The shop can make no sense of this request.")
    ),
    "unreadable": Kind(400, _("Unreadable characters"), _NO_TEXT),
    "malformed": Kind(400, _("Not JSON"), _("The body of the request cannot be read as JSON.")),
    "not-found": Kind(404, _("Not found"), _("There is nothing at this address.")),
    "method-not-allowed": Kind(
        405, _("Not done this way"), _("This address does not know this method.")
    ),
    "too-large": Kind(413, _("Too large"), _("That is too much at once. Please send less.")),
    "invalid": Kind(422, _("Please check what you sent"), _("Some values cannot be used.")),
    "unknown-language": Kind(422, _("Unknown language"), _("The shop speaks en and hi.")),
}

# What no well-written client of an honest buyer sends again and again.
COUNTED = {
    "total-changed",
    "idempotency-key-reused",
    "no-such-basket",
    "no-such-order",
    "malformed",
    "too-large",
    "invalid",
}


def problem(
    code: str, *, detail: str = "", errors: list[dict[str, Any]] | None = None, **more: Any
) -> HttpResponse:
    """Return a problem; the table's own words come before `detail`, which a refusal brings."""
    kind = KINDS[code]
    if code in COUNTED:
        count_refused("api", code)
    content: dict[str, Any] = {
        "type": reverse("shop_api:problem_kind", args=[code]),
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(kind.detail) or detail,
        "code": code,
        **({"errors": errors} if errors else {}),
        **more,
    }
    text = json.dumps(content, ensure_ascii=False)
    response = HttpResponse(text, status=kind.status, content_type=PROBLEM_JSON)
    if kind.retry_after:
        response["Retry-After"] = str(kind.retry_after)
    return response


def mistake(message: str, *loc: str) -> ValidationError:
    """Return the error to raise for a value that is well written but wrong."""
    return ValidationError([{"type": OURS, "loc": loc, "msg": message}])


def register(api: NinjaAPI) -> None:
    """Teach the API to answer with problems; what nobody expected still flies."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(Http404, lambda request, error: problem("not-found"))
    api.add_exception_handler(RequestDataTooBig, lambda request, error: problem("too-large"))


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    more: dict[str, Any] = {}
    if isinstance(refusal, BasketHasProblems):
        more["lines"] = [
            {"id": line.id, "title": line.title, "code": line.problem, "text": line.problem_text}
            for line in refusal.view.problems
        ]
    if isinstance(refusal, VoucherRefused):
        more["reason"] = refusal.problem
    if isinstance(refusal, WayRefused):
        more["reason"] = refusal.reason
    code = refusal.code if refusal.code in KINDS else Refusal.code
    return problem(code, detail=str(refusal), **more)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    found = [{"loc": _place(each["loc"]), "msg": words_for(each)} for each in error.errors]
    return problem("invalid", errors=found)


def _place(loc: tuple[str | int, ...]) -> list[str | int]:
    """Return where a value is, without the name that a view has for all of them."""
    source, *path = loc
    return [source, *(path[1:] if len(path) > 1 and path[0] in _PARAMETERS else path)]


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    # Ninja raises it for one thing only: a body that our reader cannot read.
    is_json = isinstance(error.__cause__, UnstorableText)
    return problem("unreadable" if is_json else "malformed")
