"""What may be meant by the letters typed so far."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from storefront.api.schemas.search import SuggestionOut, suggestion_out
from storefront.search.forms import LONGEST, read_question
from storefront.search.queries import suggested

router = Router(tags=["Search"])


class Suggestions(Schema):
    """At most eight suggestions, the likeliest first."""

    items: list[SuggestionOut]


class Typed(Schema):
    """What was typed into a search box."""

    q: str = Field("", description=f"The letters so far; {LONGEST} count, more are left out.")


@router.get("/search/suggestions", response=Suggestions)
def suggestions(request: HttpRequest, typed: Annotated[Typed, Query(...)]) -> Suggestions:
    """Suggest words, crafts, districts, makers and products, in any script and spelling."""
    found = suggested(read_question(request.GET).words)
    return Suggestions(items=[suggestion_out(each) for each in found])
