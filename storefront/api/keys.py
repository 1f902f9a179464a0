"""The header that names a wish, so that the same wish sent again is done once."""

from typing import Annotated, Any

from ninja import Header

_KNOWN: dict[str, Any] = {
    "alias": "Idempotency-Key",
    "min_length": 1,
    "max_length": 100,
    "pattern": r"^[\x21-\x7e]+$",
    "description": "Made up by you, another one for each wish; the same when you try again.",
}
Key = Annotated[str, Header(**_KNOWN)]
OptionalKey = Annotated[str | None, Header(**_KNOWN)]
