"""Which characters can be kept: PostgreSQL takes no NUL, and half a character is none."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Whether a text can be written down: without NUL and without halves of surrogate pairs."""
    return not _UNSTORABLE.search(text)


def is_visible(text: str) -> bool:
    """Whether there is anything in a text that can be seen: not only spaces and joiners."""
    return any(unicodedata.category(each)[0] not in "CZ" for each in text)


def is_readable(encoded: bytes | str) -> bool:
    """Whether what stands in an address or a form is UTF-8 that can be written down."""
    try:
        return is_storable(unquote_to_bytes(encoded).decode())
    except UnicodeDecodeError:
        return False


def texts_in(value: Any) -> Iterator[str]:
    """Give every text in a value that was read from JSON, the names of fields too."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each
