"""What a product's page answers to a PIN code, at an address of its own that no cache keeps."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from storefront.atlas.queries import PinFacts, pin_facts
from storefront.basket.session import held_pin, remember_pin
from storefront.catalogue.queries import shown_product
from storefront.catalogue.views import product_shown
from storefront.checkout.queries import Promise, promise
from storefront.core.clock import today
from storefront.core.money import grouped
from storefront.shipping.rules import TooHeavy

# The script of the page asks for the answer alone.
PART = "X-Part"
LONGEST = 20


@require_safe
def delivery(request: HttpRequest, slug: str, product_id: int) -> HttpResponse:
    """Show a product's page, or only its answer, with what the PIN code may expect."""
    product = shown_product(product_id)
    if product is None:
        raise Http404
    if slug != product.slug or not product.is_public:
        return redirect(product)
    typed = request.GET.get("pin", "").strip()[:LONGEST] or held_pin(request)
    facts = pin_facts(typed)
    answer = _answer(product_id, typed, facts)
    if request.headers.get(PART):
        response = render(request, "components/pin_answer.html", {"answer": answer})
    else:
        asked = {"typed": facts.pin or typed, "answer": answer}
        response = product_shown(request, product, pin=asked)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return remember_pin(response, facts.pin) if facts.is_known else response


def _answer(product_id: int, typed: str, facts: PinFacts) -> dict[str, Any] | None:
    """Return in words what to expect, or what is wrong with the PIN code; nothing if none is."""
    if not typed:
        return None
    if not facts.is_served:
        return {"problem": facts.problem_text}
    try:
        found = promise(product_id, facts, today=today())
    except TooHeavy:
        found = None
    if found is None:
        return {"problem": _("We cannot say at the moment. Please try again later.")}
    if found.quote is None:
        text = _("%(seller)s may only sell inside their own state, so not to %(place)s.")
        return {"problem": text % {"seller": found.seller_name, "place": facts.place_text}}
    arrives = _("Arrives %(days)s in %(place)s")
    charge = _("Delivery %(charge)s.") % {"charge": grouped(found.quote.charge)}
    return {
        "arrives_text": arrives % {"days": found.days_text, "place": facts.place_text},
        "notes": [charge, *_cash_note(found)],
    }


def _cash_note(found: Promise) -> list[str]:
    if found.cash is None:
        return []
    if found.cash.objection:
        return [found.cash.objection.text]
    if found.door_fee:
        text = _("Cash on delivery is possible, for %(fee)s more.")
        return [text % {"fee": grouped(found.door_fee)}]
    return [_("Cash on delivery is possible.")]
