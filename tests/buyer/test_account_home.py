"""The account leads to everything, lists orders by pages, and orders the same again."""

from typing import Any

import pytest
from django.test import Client

from storefront.accounts.models import User
from storefront.basket.models import Basket
from storefront.catalogue.services import withdraw
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
ROOMS = ("orders", "addresses", "wishes", "alerts", "reviews", "questions", "letters", "data")


@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_room_is_linked_and_opens(signed_in: Client, language: str):
    home = signed_in.get(f"/{language}/account/").content.decode()

    for room in ROOMS:
        assert f'href="/{language}/account/{room}/"' in home
        answer = signed_in.get(f"/{language}/account/{room}/")
        assert answer.status_code == 200
        assert answer["Cache-Control"].startswith("private")
        assert 'name="robots" content="noindex"' in answer.content.decode()


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_is_open_to_others(client: Client, room: str):
    address = f"/en/account/{room}/"

    assert client.get(address)["Location"] == f"/en/account/login/?next={address}"


def test_orders_come_by_pages_of_ten(signed_in: Client, asha: User):
    lota = make_product(stock=20)
    orders = [make_order(lota, user=asha) for _ in range(11)]

    first = signed_in.get("/en/account/orders/").content.decode()
    second = signed_in.get("/en/account/orders/?page=2").content.decode()

    assert "Page 1 of 2" in first
    assert orders[-1].number in first
    assert orders[0].number not in first
    assert orders[0].number in second
    assert signed_in.get("/en/account/orders/?page=nonsense").status_code == 200


@pytest.mark.usefixtures("season_is_known")
@pytest.mark.parametrize("number", [1, 3])
def test_a_page_of_orders_costs_the_same_however_full(
    signed_in: Client, asha: User, number: int, django_assert_num_queries: Any
):
    lota = make_product(stock=20)
    for _ in range(number):
        make_order(lota, user=asha)

    with django_assert_num_queries(6):
        signed_in.get("/en/account/orders/")


def test_the_same_again_is_in_the_basket(signed_in: Client, asha: User):
    order = make_order(make_product(), user=asha, quantity=2)

    answer = signed_in.post(f"/en/account/orders/{order.number}/again/", follow=True)

    assert "2 pieces are in your basket." in answer.content.decode()
    assert Basket.objects.get(owner=asha, status=Basket.OPEN).lines.get().quantity == 2


def test_what_cannot_be_had_again_is_said(signed_in: Client, asha: User):
    gone, here = make_product(title_en="Old bell"), make_product()
    order = make_order(gone, here, user=asha)
    withdraw(gone)

    answer = signed_in.post(f"/en/account/orders/{order.number}/again/", follow=True)

    html = answer.content.decode()
    assert "Old bell: This is no longer sold." in html
    assert "1 piece is in your basket." in html


def test_anothers_order_cannot_be_had_again(signed_in: Client):
    ravi = User.objects.create_user("ravi@example.org", "a long pass phrase")
    order = make_order(make_product(), user=ravi)

    assert signed_in.post(f"/en/account/orders/{order.number}/again/").status_code == 404
    assert signed_in.get(f"/en/account/orders/{order.number}/again/")["Location"] == (
        "/en/account/orders/"
    )
