"""Public pages are kept for some seconds, and nothing else is."""

from typing import Any

import pytest
from django.test import Client

from storefront.catalogue.models import Product
from storefront.partner.models import StockRecord
from tests.factories.catalogue import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep(settings: Any) -> None:
    settings.PAGES_KEPT_SECONDS = 1000


@pytest.fixture
def lota() -> Product:
    return make_product(title_en="Lota", price=400)


def set_price(product: Product, rupees: int) -> None:
    StockRecord.objects.filter(product=product).update(price=rupees)


def test_a_kept_page_asks_the_database_nothing(
    client: Client, lota: Product, django_assert_num_queries: Any
):
    first = client.get(lota.get_absolute_url())
    with django_assert_num_queries(0):
        again = client.get(lota.get_absolute_url())

    assert again.content == first.content
    assert again["Age"] == "0"
    assert {**again.headers, "Age": None} == {**first.headers, "Age": None}


def test_a_new_price_shows_when_the_seconds_are_over(client: Client, lota: Product, settings: Any):
    client.get(lota.get_absolute_url())
    set_price(lota, 555)
    kept = client.get(lota.get_absolute_url()).content.decode()
    settings.PAGES_KEPT_SECONDS = 0
    anew = client.get(lota.get_absolute_url()).content.decode()

    assert ("₹400" in kept, "₹555" in kept) == (True, False)
    assert ("₹400" in anew, "₹555" in anew) == (False, True)


def test_who_has_the_page_already_is_told_so(client: Client, lota: Product):
    address = lota.get_absolute_url()
    etag = client.get(address)["ETag"]

    same = client.get(address, headers={"If-None-Match": etag})
    other = client.get(address, headers={"If-None-Match": '"another"'})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200


def test_language_and_query_are_pages_of_their_own(client: Client, lota: Product):
    english, hindi = client.get("/en/shop/").content, client.get("/hi/shop/").content
    filtered = client.get("/en/shop/?price_from=9000").content.decode()

    assert english != hindi
    assert "Nothing fits all of this" in filtered
    assert client.get("/en/shop/").content == english


@pytest.mark.parametrize("address", ["/en/basket/", "/en/me/", "/en/search/?q=lota"])
def test_what_is_personal_or_asked_once_is_never_kept(client: Client, lota: Product, address: str):
    client.get(address)

    assert "Age" not in client.get(address)


def test_a_missing_page_is_not_kept(client: Client, lota: Product):
    address = lota.get_absolute_url()
    Product.objects.filter(pk=lota.pk).update(state="draft", is_public=False)
    missing = client.get(address).status_code
    Product.objects.filter(pk=lota.pk).update(state="live", is_public=True)

    assert (missing, client.get(address).status_code) == (404, 200)


def test_a_page_a_signed_in_person_saw_is_the_one_a_guest_gets(
    client: Client, django_user_model: Any, lota: Product
):
    person = Client()
    person.force_login(django_user_model.objects.create_user("asha@example.org", "a long phrase"))
    theirs = person.get(lota.get_absolute_url())
    guests = client.get(lota.get_absolute_url())

    assert guests.content == theirs.content
    assert not guests.cookies


def test_a_host_the_shop_does_not_answer_to_gets_no_kept_page(client: Client, lota: Product):
    client.get(lota.get_absolute_url())

    strange = client.get(lota.get_absolute_url(), headers={"host": "elsewhere.example"})

    assert strange.status_code == 400
