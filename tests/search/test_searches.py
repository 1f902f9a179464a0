"""The search set: what people type, and what must be among the first they see."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from storefront.search.queries import Found, find, vocabulary

SEARCHES: list[tuple[str, str]] = [
    (typed, wanted)
    for typed, wanted in tomllib.loads(
        Path(__file__).with_name("searches.toml").read_text(encoding="utf-8")
    )["searches"]
]
FIRST = 6
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def shows(found: Found, wanted: str) -> bool:
    """Return whether a craft or place is among the first that somebody sees."""
    kind, _, slug = wanted.partition(" ")
    if kind == "place":
        return any(place.url.endswith(f"/{slug}/") for place in found.places)
    return any(card.craft_slug == slug for card in found.cards[:FIRST])


def test_there_are_enough_searches_and_none_twice() -> None:
    typed = [words for words, _ in SEARCHES]

    assert len(typed) == len(set(typed)) >= 120


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    """Keep the vocabulary as a running shop does, from now on: the town does not change."""
    vocabulary()
    settings.COUNTS_KEPT_SECONDS = 1000


@pytest.mark.parametrize(("typed", "wanted"), SEARCHES)
def test_a_search_shows_what_is_meant(typed: str, wanted: str) -> None:
    found = find(typed, page=1)

    assert shows(found, wanted), (
        found.shown_for,
        [(card.craft_slug, card.title) for card in found.cards[:FIRST]],
        found.places,
    )
