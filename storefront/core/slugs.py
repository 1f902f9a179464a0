"""Readable addresses for any script."""

import re

from anyascii import anyascii


def readable_slug(value: str, allow_unicode: bool = False) -> str:  # noqa: FBT001, FBT002 -- Oscar's signature
    """Return an ASCII slug; Hindi is written in Latin letters rather than dropped."""
    del allow_unicode
    return re.sub(r"[^a-z0-9]+", "-", anyascii(value).lower()).strip("-") or "x"
