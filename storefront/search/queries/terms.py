"""The vocabulary as this process keeps it, and where its names lead."""

from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, CharField, Value
from django.urls import reverse
from django.utils.http import urlencode

from storefront.core.kept import kept
from storefront.core.words import plain
from storefront.search.models import Synonyms, Term
from storefront.search.rules.vocabulary import Kind, Name, Vocabulary

Rows = tuple[tuple[Any, ...], ...]
_SYNONYMS = "synonyms"


@kept("COUNTS_KEPT_SECONDS", beside=True, mark="TOLD_OF_PEOPLE")
def vocabulary() -> Vocabulary:
    """Return all words and names as they were at most COUNTS_KEPT_SECONDS ago; one query."""
    return _built(_rows())


def place_url(*, kind: Kind, text: str, slug: str, number: int) -> str:
    """Return where a name or word leads, in the language of the moment."""
    if kind == Kind.WORD:
        return f"{reverse('search')}?{urlencode({'q': text})}"
    if kind == Kind.PRODUCT:
        return reverse("product", args=[slug, number])
    return reverse(kind.value, args=[slug])


def _rows() -> Rows:
    """Return terms and synonyms together: who asks first pays for one query, not two."""
    terms = plain(Term).values_list(
        "place", "pk", "kind", "text_en", "text_hi", "others", "slug", "number"
    )
    nothing = Value("", output_field=CharField())
    zero = Value(0, output_field=BigIntegerField())
    groups = plain(Synonyms).values_list(
        zero, "pk", Value(_SYNONYMS, output_field=CharField()), "words", nothing, nothing, nothing,
        zero,
    )  # fmt: skip  # the columns of the other table
    return tuple(sorted(terms.union(groups, all=True)))


@lru_cache(maxsize=1)
def _built(rows: Rows) -> Vocabulary:
    """Build the vocabulary; the same rows need not be sorted anew."""
    words: list[str] = []
    names: list[Name] = []
    groups: list[str] = []
    for _place, _pk, kind, text, hindi, others, slug, number in rows:
        if kind == _SYNONYMS:
            groups.append(text)
        elif kind == Kind.WORD:
            words.append(text)
        else:
            names.append(Name(Kind(kind), text, hindi, others, slug, number))
    return Vocabulary(words=words, names=names, groups=groups)
