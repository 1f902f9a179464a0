"""Where a reader is in a long list."""

from typing import Any

from django.core.paginator import Page


def neighbours(here: Page[Any]) -> dict[str, Any]:
    """Return what the `pagination` component shows."""
    return {
        "number": here.number,
        "pages": here.paginator.num_pages,
        "prev_url": f"?page={here.previous_page_number()}" if here.has_previous() else "",
        "next_url": f"?page={here.next_page_number()}" if here.has_next() else "",
    }
