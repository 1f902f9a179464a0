"""The links below a long list."""

from collections.abc import Callable
from typing import Any


def page_links(*, number: int, pages: int, address: Callable[[int], str]) -> dict[str, Any]:
    """Return what the pagination component shows; `address` gives the address of a page."""
    return {
        "number": number,
        "pages": pages,
        "prev_url": address(number - 1) if number > 1 else "",
        "next_url": address(number + 1) if number < pages else "",
    }
