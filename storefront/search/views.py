"""The search page, and what its box suggests."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from storefront.catalogue.forms import address
from storefront.catalogue.views.paging import page_links
from storefront.core.clock import now
from storefront.core.freshness import BRIEFLY
from storefront.search.forms import LONGEST, Question, read_question
from storefront.search.queries import NOTHING, RANKED, Found, find, suggested
from storefront.search.services import note_miss


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show products, makers, stories and places for the words; without any, say what to type."""
    question = read_question(request.GET)
    found = find(question.words, page=question.page) if question.has_letters else NOTHING
    if question.has_letters and (found.is_empty or found.left_out):
        note_miss(question.words, now=now())
    context = {
        "query": question.words,
        "notes": _notes(question, found),
        "total": found.total,
        "counted": f"{RANKED:,}" if found.are_more else "",
        "cards": found.cards,
        "page": page_links(
            number=found.page, pages=found.pages, address=lambda number: _at(question, number)
        ),
        "makers": found.makers,
        "stories": found.stories,
        "places": found.places,
        "nearby": found.nearby,
        "is_empty": found.is_empty,
    }
    return render(request, "pages/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Return as JSON what may be meant by the letters typed so far."""
    found = suggested(read_question(request.GET).words)
    answer = [{"text": each.text, "kind": each.kind_text, "url": each.url} for each in found]
    response = JsonResponse({"suggestions": answer}, json_dumps_params={"ensure_ascii": False})
    # The same for everybody who types these letters.
    response["Cache-Control"] = BRIEFLY
    return response


def _at(question: Question, number: int) -> str:
    wanted = [("q", question.words)]
    return address(reverse("search"), [*wanted, ("page", str(number))] if number > 1 else wanted)


def _notes(question: Question, found: Found) -> list[Message]:
    notes = []
    if question.was_cut:
        text = _("That was long: we searched for its first %(longest)s characters.")
        notes.append(text % {"longest": LONGEST})
    if found.left_out:
        text = _("Nothing here is called “%(words)s”.")
        notes.append(text % {"words": " ".join(found.left_out)})
    if found.shown_for:
        notes.append(_("Showing results for “%(words)s”.") % {"words": found.shown_for})
    return [Message(messages.INFO, note) for note in notes]
