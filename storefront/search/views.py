"""The search page."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from storefront.catalogue.forms import address
from storefront.catalogue.views.paging import page_links
from storefront.search.forms import LONGEST, Question, read_question
from storefront.search.queries import NOTHING, find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show products, makers and stories that hold the words; without words, say what to type."""
    question = read_question(request.GET)
    found = find(question.words, page=question.page) if question.has_letters else NOTHING
    context = {
        "query": question.words,
        "notes": _notes(question),
        "total": found.total,
        "cards": found.cards,
        "page": page_links(
            number=found.page, pages=found.pages, address=lambda number: _at(question, number)
        ),
        "makers": found.makers,
        "stories": found.stories,
    }
    return render(request, "pages/search.html", context)


def _at(question: Question, number: int) -> str:
    wanted = [("q", question.words)]
    return address(reverse("search"), [*wanted, ("page", str(number))] if number > 1 else wanted)


def _notes(question: Question) -> list[Message]:
    if not question.was_cut:
        return []
    text = _("That was long: we searched for its first %(longest)s characters.")
    return [Message(messages.INFO, text % {"longest": LONGEST})]
