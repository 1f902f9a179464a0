"""Readable addresses for any script."""

import re
import unicodedata

from anyascii import anyascii

# The dot under ड़ and ज़: a letter of its own to computers, none to readers of Latin.
NUKTA = "\u093c"


def readable_slug(value: str, allow_unicode: bool = False) -> str:  # noqa: FBT001, FBT002 -- Oscar's signature
    """Return an ASCII slug; Hindi is written in Latin letters rather than dropped."""
    del allow_unicode
    plain = unicodedata.normalize("NFD", value).replace(NUKTA, "")
    return re.sub(r"[^a-z0-9]+", "-", anyascii(plain).lower()).strip("-") or "x"
