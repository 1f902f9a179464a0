"""Reading what a page shows."""

import json
import re
from typing import Any


def titles(response: Any) -> list[str]:
    """Return the titles of the cards, as they are shown."""
    return [card.title for card in response.context["cards"]]


def options(response: Any, key: str) -> dict[str, int]:
    """Return what the filter form offers in a group: name and count."""
    for group in response.context["facets"]["groups"]:
        if group.key == key:
            return {option.name: option.count for option in group.options}
    return {}


def notices(response: Any) -> list[str]:
    """Return what the page says about the address."""
    return re.findall(r'<p class="notice">(.*?)</p>', response.content.decode())


def linked_data(response: Any) -> dict[str, Any]:
    """Return the schema.org data of a page."""
    pattern = r'<script type="application/ld\+json">(.*?)</script>'
    found: dict[str, Any] = json.loads(re.search(pattern, response.content.decode()).group(1))
    return found
