"""A phone keeps the shop: its name card, the worker for lost connections, and the page for then."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from storefront.config.environment import ROOT
from storefront.config.themes import colour, lineage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "name"), [("en", "Zila"), ("hi", "ज़िला")])
def test_the_name_card_speaks_the_pages_language(client: Client, language: str, name: str) -> None:
    answer = client.get(f"/{language}/manifest.webmanifest")

    card = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (card["lang"], card["short_name"]) == (language, name)
    assert card["start_url"] == f"/{language}/"
    assert answer["Cache-Control"].startswith("public")


def test_every_icon_of_the_name_card_is_there(client: Client) -> None:
    card = client.get("/en/manifest.webmanifest").json()

    names = [icon["src"].removeprefix("/static/") for icon in card["icons"]]
    assert len(names) == 3
    assert [name for name in names if finders.find(name) is None] == []


def test_pages_name_the_card_and_the_colour(client: Client) -> None:
    html = client.get("/hi/shop/").content.decode()

    assert '<link rel="manifest" href="/hi/manifest.webmanifest">' in html
    assert f'<meta name="theme-color" content="{colour(lineage(ROOT / "themes", "zila"))}">' in html


def test_the_worker_knows_the_page_for_each_language_and_keeps_nothing_of_a_person(
    client: Client,
) -> None:
    answer = client.get("/worker.js")

    found = re.search(r'JSON\.parse\("(.*)"\)', answer.content.decode())
    assert found
    facts = json.loads(found[1].encode().decode("unicode_escape"))
    assert facts["offline"] == {"en": "/en/offline/", "hi": "/hi/offline/"}
    assert facts["never"] == ["account", "checkout", "me", "orders"]
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")
    assert not answer.cookies


def test_the_page_for_a_lost_connection_is_the_same_for_everybody(client: Client) -> None:
    answer = client.get("/en/offline/")

    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    html = answer.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    # The worker looks for these words, and puts what was seen in their place.
    for word in ("data-seen hidden", "<!-- seen -->", "data-away hidden"):
        assert word in html


def test_a_theme_takes_its_parents_colour(tmp_path: Path) -> None:
    for name, lines in (("parent", '[app]\ncolour = "#fff"\n'), ("child", 'extends = "parent"\n')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "theme.toml").write_text(lines, encoding="utf-8")

    assert colour(lineage(tmp_path, "child")) == "#fff"


def test_a_theme_without_a_colour_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "theme.toml").write_text("", encoding="utf-8")

    with pytest.raises(ValueError, match="colour"):
        colour(lineage(tmp_path, "bare"))
