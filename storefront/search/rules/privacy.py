"""Which searches may be written down: none that could say who searched."""

import re
import unicodedata

from storefront.search.rules.folding import words_of

LONGEST, MOST_WORDS = 60, 6
# An order, a PIN code, a phone, an account: six digits tell of somebody, a size never has them.
_MOST_DIGITS = 5
_ADDRESS = re.compile(r"@|://|www\.|\.(?:com|in|org|net)\b", re.IGNORECASE)


def kept_words(text: str) -> str:
    """Return the words to write down of a search that found nothing; none if they may tell who."""
    typed = unicodedata.normalize("NFKC", text)
    digits = sum(character.isdigit() for character in typed)
    words = words_of(typed)
    short = " ".join(words)
    if digits > _MOST_DIGITS or _ADDRESS.search(typed):
        return ""
    return short if len(words) <= MOST_WORDS and len(short) <= LONGEST else ""
