"""Every count on the map is what the list of that district shows."""

import csv
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from storefront.atlas.models import District
from storefront.atlas.services import load_districts, load_listed_products
from tests.factories.catalogue import make_product, make_seller

DATA = settings.BASE_DIR / "fixtures" / "data"


def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def _districts() -> None:
    """All 75, with up to three things on sale in each, and some that are not to be counted."""
    load_districts(table("districts"))
    load_listed_products(table("district_products"))
    seller = make_seller(district=District.objects.get(slug="moradabad"))
    for number, district in enumerate(District.objects.order_by("pk")):
        for index in range(number % 4):
            make_product(district=district, seller=seller, stock=index)
        if number % 5 == 0:
            make_product(district=district, seller=seller, is_live=False)


@pytest.mark.usefixtures("_districts")
@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_count_equals_what_the_list_shows(client: Client, language: str) -> None:
    shown: Any = client.get(f"/{language}/").context["map"]

    on_the_map = {tile.slug: tile.count for tile in shown.tiles}
    in_the_list = {
        slug: client.get(f"/{language}/shop/?district={slug}").context["total"]
        for slug in on_the_map
    }

    assert len(on_the_map) == 75
    assert set(on_the_map.values()) == {0, 1, 2, 3}
    assert on_the_map == in_the_list
    assert {tile.slug: tile.count for tile in shown.by_name} == on_the_map


@pytest.mark.usefixtures("_districts")
def test_who_stops_at_a_tile_is_told_name_craft_and_count(client: Client) -> None:
    shown = {tile.slug: tile for tile in client.get("/en/").context["map"].tiles}
    html = client.get("/en/").content.decode()

    for tile in shown.values():
        pieces = "1 product" if tile.count == 1 else f"{tile.count} products"
        assert tile.text == f"{tile.name}: {tile.known_for}, {pieces}"
        assert tile.known_for
    assert f'aria-label="{shown["kannauj"].text}"' in html
