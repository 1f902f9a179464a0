"""Pages for what went wrong lead on: a search box, the lists, where an order is."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_missing_page_leads_on(client: Client, language: str) -> None:
    answer = client.get(f"/{language}/nothing-here/")

    html = answer.content.decode()
    assert answer.status_code == 404
    main = html.partition("<main")[2].partition("</main>")[0]
    assert f'action="/{language}/search/"' in main
    for page in ("districts", "crafts", "shop", "help", "account"):
        assert f'href="/{language}/{page}/"' in main
    assert "noindex" in html


@pytest.mark.django_db
def test_a_form_from_elsewhere_leads_on(client: Client) -> None:
    answer = client.post("/en/basket/add/", {"product_id": "1"}, headers={"origin": "http://evil"})

    assert answer.status_code == 403
    assert 'action="/en/search/"' in answer.content.decode().partition("<main")[2]


def test_the_page_for_a_broken_shop_asks_no_database(
    db: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        html = render_to_string("500.html")

    assert 'lang="hi"' in html
    assert "हमारी ओर से कुछ गड़बड़ हुई है" in html
