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


def linked_data(response: Any, kind: str = "Product") -> dict[str, Any]:
    """Return the schema.org data of one kind that a page bears, which must be there once."""
    pattern = r'<script type="application/ld\+json">(.*?)</script>'
    blocks = [json.loads(each) for each in re.findall(pattern, response.content.decode())]
    [found] = [block for block in blocks if block["@type"] == kind]
    assert found.pop("@context") == "https://schema.org"
    return found


def told_to_sharers(response: Any) -> dict[str, str]:
    """Return what a page tells messengers that show a card of it, by property."""
    pattern = r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">'
    return dict(re.findall(pattern, response.content.decode()))


def hreflangs(response: Any) -> dict[str, str]:
    """Return where the page says it is in other languages."""
    pattern = r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">'
    return dict(re.findall(pattern, response.content.decode()))
