"""The wish list: saved once, found after signing in, moved to the basket; what is gone says so."""

import pytest
from django.test import Client

from storefront.accounts.models import User
from storefront.basket.models import Basket
from storefront.catalogue.services import withdraw
from storefront.wishes import services
from storefront.wishes.models import WishLine, WishList
from storefront.wishes.queries import wishes_of
from tests.factories.catalogue import make_picture, make_product
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_thing_is_saved_once_however_often_it_is_asked(signed_in: Client, asha: User):
    lota = make_product()

    for _ in range(2):
        answer = signed_in.post(f"/en/account/wishes/add/{lota.pk}/", follow=True)

    assert "“Brass lota” is on your wish list." in answer.content.decode()
    assert [wish.card.id for wish in wishes_of(asha) if wish.card] == [lota.pk]


def test_a_guest_signs_in_and_finds_the_thing_saved(browser_client: Client, asha: User):
    lota = make_product()

    door = browser_client.post(f"/en/account/wishes/add/{lota.pk}/")
    words = {"login": asha.email, "password": PASSWORD}
    page = browser_client.post(f"{door['Location']}", words, follow=True)

    assert door["Location"] == "/en/account/login/?next=/en/account/wishes/"
    assert page.redirect_chain[-1] == ("/en/account/wishes/", 302)
    assert "“Brass lota” is on your wish list." in page.content.decode()
    assert WishLine.objects.get().wishlist.owner == asha


def test_another_site_can_save_nothing(client: Client, asha: User):
    client.force_login(asha)

    answer = client.post(
        f"/en/account/wishes/add/{make_product().pk}/", headers={"sec-fetch-site": "cross-site"}
    )

    assert answer.status_code == 403
    assert WishLine.objects.count() == 0


def test_a_product_that_was_never_sold_is_refused_in_words(signed_in: Client):
    answer = signed_in.post("/en/account/wishes/add/999999/", follow=True)

    assert "This is no longer sold." in answer.content.decode()
    assert WishLine.objects.count() == 0


def test_a_full_list_says_so(signed_in: Client, asha: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "MOST_WISHES", 1)
    services.wish(asha, product_id=make_product().pk)

    answer = signed_in.post(f"/en/account/wishes/add/{make_product().pk}/", follow=True)

    assert "1 things fit onto your wish list" in answer.content.decode()
    assert WishLine.objects.count() == 1


def test_a_wish_moves_to_the_basket(signed_in: Client, asha: User):
    wish = services.wish(asha, product_id=make_product().pk)

    answer = signed_in.post(f"/en/account/wishes/{wish.pk}/basket/")

    assert answer["Location"] == "/en/basket/"
    assert Basket.objects.get(owner=asha).lines.get().quantity == 1
    assert wishes_of(asha) == []


def test_what_sold_out_stays_a_wish_and_offers_a_letter(signed_in: Client, asha: User):
    lota = make_product(stock=0)
    wish = services.wish(asha, product_id=lota.pk)

    page = signed_in.get("/en/account/wishes/").content.decode()
    refused = signed_in.post(f"/en/account/wishes/{wish.pk}/basket/")

    assert f'action="/en/account/alerts/new/{lota.pk}/"' in page
    assert refused.status_code == 409
    assert WishLine.objects.filter(pk=wish.pk).exists()


def test_what_is_no_longer_sold_keeps_its_name_and_can_be_removed(signed_in: Client, asha: User):
    lota = make_product()
    wish = services.wish(asha, product_id=lota.pk)
    withdraw(lota)

    page = signed_in.get("/en/account/wishes/").content.decode()
    signed_in.post(f"/en/account/wishes/{wish.pk}/remove/")

    assert "No longer sold" in page
    assert "Brass lota" in page
    assert "Move to basket" not in page
    assert wishes_of(asha) == []


def test_nobody_touches_anothers_list(signed_in: Client):
    ravi = User.objects.create_user("ravi@example.org", PASSWORD)
    wish = services.wish(ravi, product_id=make_product().pk)

    for act in ("remove", "basket"):
        signed_in.post(f"/en/account/wishes/{wish.pk}/{act}/")

    assert [each.id for each in wishes_of(ravi)] == [wish.pk]
    assert "Brass lota" not in signed_in.get("/en/account/wishes/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_the_same_however_long(
    asha: User, number: int, django_assert_num_queries: pytest.FixtureRequest
):
    for _ in range(number):
        services.wish(asha, product_id=make_product(pictures=[make_picture()]).pk)

    with django_assert_num_queries(2):
        assert len(wishes_of(asha)) == number


def test_the_products_page_offers_it_to_everybody_without_a_cookie(client: Client):
    lota = make_product()

    page = client.get(lota.get_absolute_url())

    assert f'action="/en/account/wishes/add/{lota.pk}/"' in page.content.decode()
    assert page["Cache-Control"].startswith("public")
    assert not page.cookies
    assert "csrf" not in page.content.decode()


def test_a_person_has_one_list(asha: User):
    for _ in range(2):
        services.wish(asha, product_id=make_product().pk)

    assert WishList.objects.get().lines.count() == 2
