"""What a browser sends of blocks that somebody opened and did not touch."""

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from wagtail.blocks import BooleanBlock, ChooserBlock, ListBlock, StreamBlock, StructBlock
from wagtail.test.utils.form_data import querydict_from_html

Sent = dict[str, str]


def untouched(html: str, block: StreamBlock, name: str = "body") -> Sent:
    """Return the form of a page as it stands in its HTML, with the blocks of one of its fields."""
    place = BeautifulSoup(html, "html.parser").find(id=name)
    [state, _errors] = json.loads(place["data-w-block-arguments-value"])
    fields = querydict_from_html(html, form_id="page-edit-form").dict()
    return fields | sent_of(block, state, name)


def sent_of(block: Any, state: Any, name: str) -> Sent:
    """Return the fields of a block, from what the editor's scripts are given of it."""
    return dict(_fields(block, state, name))


def _fields(block: Any, state: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(block, StreamBlock | ListBlock):
        yield f"{name}-count", str(len(state))
        for at, item in enumerate(state):
            child = block.child_blocks[item["type"]] if "type" in item else block.child_block
            yield f"{name}-{at}-type", item.get("type", "")
            yield f"{name}-{at}-id", item["id"] or ""
            yield f"{name}-{at}-order", str(at)
            yield f"{name}-{at}-deleted", ""
            yield from _fields(child, item["value"], f"{name}-{at}-value")
    elif isinstance(block, StructBlock):
        for key, child in block.child_blocks.items():
            yield from _fields(child, state[key], f"{name}-{key}")
    elif isinstance(block, BooleanBlock):
        if state:
            yield name, "on"
    elif isinstance(block, ChooserBlock):
        yield name, str(state["id"]) if state else ""
    else:
        # A list to choose from says what is chosen as a list.
        yield name, str((state[0] if isinstance(state, list) and state else state) or "")
