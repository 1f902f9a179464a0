"""What search engines and messengers read of the pages that editors write."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.catalogue.pages import hreflangs, linked_data, told_to_sharers
from tests.factories.catalogue import make_artisan, make_picture
from tests.factories.pages import (
    make_artisan_page,
    make_craft_page,
    make_district_page,
    make_story,
)

ADDRESSES = {
    "district": "/en/districts/moradabad/",
    "craft": "/en/crafts/brassware/",
    "maker": "/en/makers/shabana-parveen/",
    "story": "/en/stories/sand-fire-and-a-small-chisel/",
    "words": "/en/returns/",
}


@pytest.fixture
def _pages() -> Iterator[None]:
    cover = make_picture()
    for page in (make_district_page(), make_craft_page()):
        page.cover = cover
        page.save()
    make_artisan_page(make_artisan(portrait=make_picture()))
    make_story(cover=make_picture())
    return


def test_the_home_page_says_who_we_are_and_how_to_search(client: Client) -> None:
    page = client.get("/hi/")

    shop, site = linked_data(page, "Organization"), linked_data(page, "WebSite")

    assert shop["url"] == site["url"] == "http://testserver/hi/"
    assert shop["contactPoint"]["url"] == "http://testserver/hi/contact/"
    assert shop["logo"].startswith("http://testserver/")
    assert (site["name"], site["inLanguage"]) == ("ज़िला", "hi")
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/hi/search/?q={search_term_string}"
    assert client.get(target.replace("{search_term_string}", "lota")).status_code == 200


@pytest.mark.usefixtures("_pages")
@pytest.mark.parametrize("kind", [kind for kind in ADDRESSES if kind != "words"])
def test_the_way_back_up_is_the_one_on_the_page(client: Client, kind: str) -> None:
    page = client.get(ADDRESSES[kind])

    way = linked_data(page, "BreadcrumbList")["itemListElement"]

    crumbs = page.context["breadcrumbs"]
    assert [step["name"] for step in way] == [str(crumb["title"]) for crumb in crumbs]
    assert "item" not in way[-1]
    for step in way[:-1]:
        assert client.get(step["item"]).status_code == 200


@pytest.mark.usefixtures("_pages")
def test_a_page_with_nothing_above_it_shows_no_way_up(client: Client) -> None:
    page = client.get(ADDRESSES["words"]).content.decode()

    assert "BreadcrumbList" not in page
    assert 'class="crumbs"' not in page


@pytest.mark.usefixtures("_pages")
@pytest.mark.parametrize("kind", ADDRESSES)
def test_a_shared_page_shows_its_name_and_its_picture(client: Client, kind: str) -> None:
    page = client.get(ADDRESSES[kind])

    card = told_to_sharers(page)

    assert card["og:title"] == page.context["page"].title
    assert card["og:description"]
    assert card["og:url"] == f"http://testserver{ADDRESSES[kind]}"
    if kind == "words":
        assert card["twitter:card"] == "summary"
    else:
        assert card["og:image"].startswith("http://testserver/media/")


@pytest.mark.usefixtures("_pages")
def test_who_reads_no_language_of_ours_gets_the_first(client: Client) -> None:
    make_story(language="hi")

    found = hreflangs(client.get(ADDRESSES["story"]))

    assert found["x-default"] == found["en"] == f"http://testserver{ADDRESSES['story']}"
    assert found["hi"] == found["en"].replace("/en/", "/hi/")
