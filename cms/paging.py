"""Where a reader is in a long list."""

from typing import Any

from django.core.paginator import Page


def neighbours(here: Page[Any]) -> dict[str, Any]:
    """Return what the `pagination` component shows, and the query of this page's own address."""
    return {
        "number": here.number,
        "pages": here.paginator.num_pages,
        "query": f"?page={here.number}" if here.number > 1 else "",
        "prev_url": f"?page={here.previous_page_number()}" if here.has_previous() else "",
        "next_url": f"?page={here.next_page_number()}" if here.has_next() else "",
    }
