"""What search engines read of a page: schema.org data that no text can break out of."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# The same that Django's json_script does, so that no text can end the script element.
_HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
CONTEXT = "https://schema.org"


def as_script(data: Mapping[str, Any]) -> SafeString:
    """Return data as a JSON-LD block; a block of data is not run, so a strict policy allows it."""
    told = {"@context": CONTEXT, **data}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 -- made harmless in the line above
    )


def breadcrumb_list(items: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """Return the way back up as schema.org has it; the last item is the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(item["title"])}
            | ({"item": absolute(item["url"])} if item.get("url") else {})
            for position, item in enumerate(items, start=1)
        ],
    }


def absolute(address: str) -> str:
    """Return an address of the shop with its origin; others are left as they are."""
    return address if "://" in address else f"{settings.SHOP_URL}{address}"
