"""Real threads on PostgreSQL: a person has one open basket, whatever happens at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.basket.queries import basket_view, open_basket
from storefront.basket.session import COOKIE
from storefront.checkout.services import place_order
from storefront.core.clock import now
from tests.factories.catalogue import make_product
from tests.factories.orders import cancel_order
from tests.factories.purchase import make_basket, make_buyer, make_post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run the jobs in threads that start together; return their results."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def make_person() -> User:
    return User.objects.create_user("asha@example.org", "a long password")


def held(person: User) -> dict[int, int]:
    """Return how many of which product are in the person's one open basket."""
    basket = Basket.objects.get(owner=person, status=Basket.OPEN)
    return {line.product_id: line.quantity for line in basket_view(basket).lines}


def signed_in(person: User) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(person)
    return client


@pytest.mark.parametrize("round_", range(5))
def test_two_first_pieces_at_once_are_in_one_basket(round_: int) -> None:
    person, products = make_person(), [make_product(sku=f"P{n}") for n in range(4)]

    def add(client: Client, product_id: int) -> Callable[[], object]:
        data = {"product_id": product_id, "quantity": 1}
        return lambda: client.post(reverse("basket-add"), data).status_code

    statuses = at_once(*(add(signed_in(person), product.pk) for product in products))

    assert statuses == [302] * 4
    assert held(person) == {product.pk: 1 for product in products}


@pytest.mark.parametrize("round_", range(5))
def test_the_guests_basket_is_claimed_once_however_often_one_signs_in(round_: int) -> None:
    person, lota = make_person(), make_product(stock=5)
    guests = make_basket(lota, quantity=2)

    at_once(*[lambda: baskets.claim(user=person, token=guests.token)] * 3)

    assert held(person) == {lota.pk: 2}


@pytest.mark.parametrize("round_", range(5))
def test_a_cancelled_order_and_a_first_piece_at_once_are_in_one_basket(round_: int) -> None:
    make_post()
    person, lota, bell = make_person(), make_product(sku="A"), make_product(sku="B")
    ordered = baskets.ensure_basket(user=person, token="")
    baskets.add(ordered, product_id=lota.pk, quantity=1)
    buyer = make_buyer(user=person)
    order = place_order(ordered, buyer=buyer, expected_total=None, now=now()).order
    client, data = signed_in(person), {"product_id": bell.pk, "quantity": 1}

    at_once(
        lambda: cancel_order(order).status,
        lambda: client.post(reverse("basket-add"), data).status_code,
    )

    assert held(person) == {lota.pk: 1, bell.pk: 1}


def test_the_database_itself_refuses_a_second_open_basket() -> None:
    person = make_person()
    baskets.ensure_basket(user=person, token="")

    with pytest.raises(IntegrityError, match="basket_one_open_a_person"):
        Basket.objects.create(owner=person)


def test_a_guests_token_finds_one_basket_however_often_it_is_used_at_once() -> None:
    lota, bell = make_product(sku="A"), make_product(sku="B")
    token = baskets.ensure_basket(user=None, token="").token

    def add(product_id: int) -> Callable[[], object]:
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.cookies[COOKIE] = token
        data = {"product_id": product_id, "quantity": 1}
        return lambda: client.post(reverse("basket-add"), data).status_code

    at_once(add(lota.pk), add(bell.pk))

    basket = open_basket(user=None, token=token)
    assert basket is not None
    assert {line.product_id for line in basket_view(basket).lines} == {lota.pk, bell.pk}
    assert Basket.objects.count() == 1
