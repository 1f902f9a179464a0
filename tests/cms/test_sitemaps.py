"""The sitemaps: one for each kind, with languages and pictures."""

from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from storefront.config import sitemaps
from tests.factories.catalogue import make_artisan, make_picture, make_product
from tests.factories.pages import make_artisan_page, make_district_page, make_story

XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
Entries = dict[str, tuple[dict[str, str], list[str]]]


def listed(client: Client) -> list[str]:
    """Return the addresses of all maps, without the host."""
    index = ET.fromstring(client.get("/sitemap.xml").content)
    found = [urlsplit(each.text or "") for each in index.iter(f"{XML}loc")]
    return [f"{each.path}?{each.query}" for each in found]


def entries(client: Client, kind: str) -> Entries:
    """Return what the map of a kind says: for each address its languages and pictures."""
    answer = client.get(f"/sitemap.xml?section={kind}")
    return {
        url.findtext(f"{XML}loc", ""): (
            {link.get("hreflang", ""): link.get("href", "") for link in url.iter(f"{XHTML}link")},
            [image.text or "" for image in url.iter(f"{IMAGE}loc")],
        )
        for url in ET.fromstring(answer.content)
    }


def test_each_kind_has_a_map_of_its_own(client: Client) -> None:
    make_product()
    make_story()

    found = listed(client)

    assert "/sitemap.xml?section=products&p=1" in found
    assert "/sitemap.xml?section=storypage&p=1" in found
    assert "/sitemap.xml?section=homepage&p=1" in found
    assert "/sitemap.xml?section=craftpage&p=1" not in found
    assert {client.get(each).status_code for each in found} == {200}


def test_a_page_is_listed_in_the_languages_it_is_written_in(client: Client) -> None:
    make_story()
    make_story(language="hi")
    make_district_page()

    stories, districts = entries(client, "storypage"), entries(client, "districtpage")

    at = "http://testserver/{}/stories/sand-fire-and-a-small-chisel/"
    languages = {"en": at.format("en"), "hi": at.format("hi"), "x-default": at.format("en")}
    assert {address: told for address, (told, _) in stories.items()} == {
        at.format("en"): languages,
        at.format("hi"): languages,
    }
    assert list(districts) == ["http://testserver/en/districts/moradabad/"]


def test_a_product_is_listed_with_its_pictures(client: Client) -> None:
    product = make_product(pictures=[make_picture(), make_picture()])
    bare = make_product(title_en="Lamp")
    make_product(title_en="Draft", is_live=False)

    found = entries(client, "products")

    languages, images = found[f"http://testserver/hi/shop/brass-lota-{product.pk}/"]
    assert set(languages) == {"en", "hi", "x-default"}
    assert len(images) == 2
    assert all(image.startswith("http://testserver/media/") for image in images)
    assert found[f"http://testserver/en/shop/lamp-{bare.pk}/"][1] == []
    assert len(found) == 4


def test_a_page_is_listed_with_its_cover_and_a_maker_with_the_portrait(client: Client) -> None:
    make_story(cover=make_picture())
    make_artisan_page(make_artisan(portrait=make_picture()))

    for kind in ("storypage", "artisanpage"):
        [(_languages, images)] = entries(client, kind).values()
        assert len(images) == 1, kind


def test_a_map_too_long_is_cut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "THINGS_A_MAP", 2)
    for _ in range(3):
        make_product()

    second = client.get("/sitemap.xml?section=products&p=2").content.decode()

    assert "/sitemap.xml?section=products&p=2" in listed(client)
    assert second.count("<loc>") == 2
    assert client.get("/sitemap.xml?section=products&p=9").status_code == 404
    assert client.get("/sitemap.xml?section=sellers").status_code == 404


def test_a_map_stays_below_what_a_map_may_hold() -> None:
    from django.conf import settings

    assert sitemaps.THINGS_A_MAP * len(settings.LANGUAGES) <= 50_000
