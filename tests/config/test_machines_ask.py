"""What machines ask every site for: robots.txt, an icon, the API's front door."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_search_engines_are_told_of_the_map_and_kept_from_personal_pages(client: Client) -> None:
    answer = client.get("/robots.txt")

    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/plain"
    assert f"Sitemap: {settings.SHOP_URL}/sitemap.xml" in lines
    assert {"Disallow: /*/basket/", "Disallow: /*/orders/", "Disallow: /cms/"} <= set(lines)
    assert "Cookie" not in answer.get("Vary", "")


def test_mixtures_of_filters_are_not_crawled_but_the_pages_of_the_list_are(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /*/shop/?" in lines
    assert "Allow: /*/shop/?page=" in lines


def test_a_browser_that_asks_for_an_icon_gets_it(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".svg")


def test_the_front_door_of_the_api_leads_to_its_reference(client: Client) -> None:
    answer = client.get("/api/v1/", follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain == [("/api/v1/docs", 302)]
