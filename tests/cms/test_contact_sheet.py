"""The contact sheet: all pictures of the shop on one page, in development."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.catalogue import make_artisan, make_picture, make_product
from tests.factories.pages import make_district_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_machine(settings: Any) -> None:
    settings.STYLEGUIDE = True


def sheet(client: Client) -> str:
    return client.get("/en/styleguide/pictures/").content.decode()


def test_each_picture_is_shown_with_its_words_in_both_languages(client: Client) -> None:
    front, detail = make_picture("A brass lota"), make_picture("Its rim", "उसका किनारा")
    product = make_product(pictures=[front, detail])

    page = sheet(client)

    assert page.count(f'href="{product.get_absolute_url()}"') == 2
    assert 'alt="A brass lota"' in page
    assert '<p class="small muted" lang="hi">उसका किनारा</p>' in page
    assert "No picture yet" not in page


def test_what_has_no_picture_is_marked(client: Client) -> None:
    cover, maker = make_district_page(), make_artisan()

    page = sheet(client)

    assert page.count("No picture yet") >= 2
    assert cover.title in page
    assert maker.name in page


def test_the_sheet_costs_the_same_for_any_number_of_products(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        make_product(title_en=f"Lota {number}", pictures=[make_picture(f"Lota {number}")])
    sheet(client)

    with django_assert_num_queries(10, exact=False):
        sheet(client)


def test_buyers_have_no_such_page(client: Client, settings: Any) -> None:
    assert client.get("/hi/styleguide/pictures/").status_code == 200

    settings.STYLEGUIDE = False

    assert client.get("/hi/styleguide/pictures/").status_code == 404
