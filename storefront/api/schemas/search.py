"""What the search box suggests, as the API tells it."""

from ninja import Schema

from storefront.api.pagination import absolute
from storefront.search.queries import Suggested
from storefront.search.rules.vocabulary import Kind


class SuggestionOut(Schema):
    """A word to search for, or the name of something that has a page, at `url`."""

    text: str
    kind: Kind
    url: str


def suggestion_out(suggested: Suggested) -> SuggestionOut:
    """Return a suggestion as the API tells it."""
    return SuggestionOut(text=suggested.text, kind=suggested.kind, url=absolute(suggested.url))
