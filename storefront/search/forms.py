"""What somebody typed into the search box, made fit to be searched for."""

import re
import unicodedata
from dataclasses import dataclass

from django.http import QueryDict

from storefront.atlas.rules import fold_digits

LONGEST = 100
_PAGE = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Question:
    """The words to search for, which page of the answers, and whether words were cut off."""

    words: str
    page: int
    was_cut: bool

    @property
    def has_letters(self) -> bool:
        """Return whether there is anything in it that a page could contain."""
        return any(character.isalnum() for character in self.words)


def read_question(query: QueryDict) -> Question:
    """Return the question: on one line, at most 100 characters, each written in one way only."""
    # Cut before normalising, so that a very long text costs nothing.
    typed = query.get("q", "")
    one_way = unicodedata.normalize("NFC", typed[: 4 * LONGEST])
    visible = "".join(" " if _is_control(character) else character for character in one_way)
    words = " ".join(visible.split())
    page = fold_digits(query.get("page", ""))
    return Question(
        words=words[:LONGEST].strip(),
        page=int(page) if _PAGE.fullmatch(page) else 1,
        was_cut=len(words) > LONGEST or len(typed) > 4 * LONGEST,
    )


def _is_control(character: str) -> bool:
    """Return whether a character is invisible and joins nothing; joiners belong to Hindi."""
    return unicodedata.category(character) in {"Cc", "Cs"}
