"""What the search box suggests, with where each suggestion leads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from storefront.core.words import is_hindi_wanted
from storefront.search.queries.terms import place_url, vocabulary
from storefront.search.rules.suggesting import suggestions
from storefront.search.rules.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion as it is shown; `kind_text` says what it is, nothing for a word."""

    text: str
    kind: Kind
    kind_text: str
    url: str


def suggested(words: str) -> list[Suggested]:
    """Return at most eight suggestions for what was typed; no query while terms are kept."""
    kinds = {
        Kind.CRAFT: _("Craft"),
        Kind.DISTRICT: _("District"),
        Kind.MAKER: _("Maker"),
        Kind.PRODUCT: _("Product"),
        Kind.WORD: "",
    }
    return [
        Suggested(
            text=each.text,
            kind=each.kind,
            kind_text=kinds[each.kind],
            url=place_url(kind=each.kind, text=each.text, slug=each.slug, number=each.number),
        )
        for each in suggestions(words, vocabulary(), hindi=is_hindi_wanted())
    ]
