"""The style guide: every component, in every state, from the sample beside it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from storefront.config import styleguide

NAMES = styleguide.names()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_component_can_be_shown_from_its_sample(name: str, language: str) -> None:
    with translation.override(language):
        shown = styleguide.component(name)

    assert shown.specimens[0].html.strip() != ""


def test_a_state_is_told_by_how_it_differs_from_the_first() -> None:
    first, *others = (each["card"] for each in styleguide.samples("product_card"))

    assert first["stock_text"] == "Only 2 left"
    assert {each["price_text"] for each in others} == {first["price_text"]}
    assert [each["stock_state"] for each in others] == ["in_stock", "sold_out", "low"]


def test_names_within_a_specimen_are_its_own() -> None:
    one, other = (each.html for each in styleguide.component("field").specimens[:2])

    assert 'for="id_postcode-field-0"' in one
    assert 'aria-describedby="id_postcode_helptext-field-0 id_postcode_error-field-0"' in one
    assert 'id="id_postcode_helptext-field-1"' in other


@pytest.fixture
def own_machine(settings: Any, db: None) -> None:
    settings.STYLEGUIDE = True


@pytest.mark.usefixtures("own_machine")
def test_the_guide_wears_the_skin_of_its_address(client: Client) -> None:
    plain = client.get("/en/styleguide/").content.decode()
    festive = client.get("/hi/styleguide/?skin=holi").content.decode()

    assert "data-skin" not in plain
    assert 'data-skin="holi"' in festive
    assert "/static/skins/holi/skin.css" in festive
    assert all(f'id="{name}"' in festive for name in NAMES)
    assert "नक़्क़ाशीदार पीतल का लोटा" in festive


@pytest.mark.usefixtures("own_machine")
def test_there_is_no_guide_for_an_unknown_skin_or_for_buyers(client: Client, settings: Any) -> None:
    unknown = client.get("/en/styleguide/?skin=nothing").status_code
    settings.STYLEGUIDE = False

    assert (unknown, client.get("/en/styleguide/").status_code) == (404, 404)
