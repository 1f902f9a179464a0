"""At the buyer's doors: senseless input, lost baskets, and what cannot be priced."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fixtures.stripe_double.runner import OfflineStripe
from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.basket.queries import basket_view, open_basket
from storefront.basket.session import COOKIE
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.shipping.models import ShippingRate
from tests.factories.catalogue import make_product
from tests.factories.orders import cancel_order
from tests.factories.purchase import address_form, make_basket, make_buyer, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()


def holding(client: Client, basket: Basket) -> Client:
    """Let the client hold a guest's basket."""
    client.cookies[COOKIE] = basket.token
    return client


def quantities(basket: Basket | None) -> dict[int, int]:
    """Return how many of which product are in a basket."""
    assert basket is not None
    return {line.product_id: line.quantity for line in basket_view(basket).lines}


def test_an_address_too_long_for_a_letter_is_refused_in_the_form(client: Client) -> None:
    holding(client, make_basket(make_product()))

    page = client.post(reverse("checkout"), address_form(email=f"{'a' * 250}@example.org"))

    assert page.status_code == 422
    assert not Order.objects.exists()


@pytest.mark.parametrize("tail", ["", "paid/"])
def test_a_senseless_link_to_an_order_leads_nowhere(client: Client, tail: str) -> None:
    assert client.get(f"/en/orders/a%01b/{tail}").status_code == 404


def test_a_senseless_cookie_is_an_empty_basket(client: Client) -> None:
    client.cookies[COOKIE] = "a\x01b"

    assert client.get(reverse("basket")).status_code == 200


def test_who_goes_back_to_the_checkout_after_ordering_is_led_to_the_order(client: Client) -> None:
    basket = make_basket(make_product())
    order = place_order(basket, buyer=make_buyer(), expected_total=None, now=now()).order
    holding(client, basket)

    back = client.get(reverse("checkout"))
    Order.objects.update(date_placed=now() - timedelta(hours=2))
    long_after = client.get(reverse("checkout"))

    assert back["Location"] == reverse("order", args=[order.token])
    assert long_after["Location"] == reverse("basket")


def test_without_delivery_rates_the_buyer_is_told_instead_of_an_error(client: Client) -> None:
    holding(client, make_basket(make_product()))
    ShippingRate.objects.all().delete()

    for answer in (
        client.get(reverse("checkout"), follow=True),
        client.post(reverse("checkout"), address_form(), follow=True),
    ):
        assert answer.status_code == 200
        assert "We cannot say what delivery costs at the moment." in answer.content.decode()
    assert not Order.objects.exists()


@pytest.mark.parametrize("name", ["basket", "me"])
def test_personal_pages_answer_who_asks_only_for_the_head(client: Client, name: str) -> None:
    assert client.head(reverse(name)).status_code == 200


def test_who_cannot_add_more_is_told_so_at_once(browser_client: Client) -> None:
    lota = make_product(stock=1)
    data = {"product_id": lota.pk, "quantity": 2}
    page = browser_client.post(
        reverse("basket-add"), data, follow=True, headers={"referer": "http://testserver/en/shop/"}
    )

    assert "Only 1 left." in page.content.decode()


def test_a_cancelled_order_gives_its_pieces_back_beside_those_picked_since(
    client: Client, stripe_double: OfflineStripe
) -> None:
    lota, bell = make_product(), make_product()
    ordered = make_basket(lota)
    order = place_order(ordered, buyer=make_buyer(), expected_total=None, now=now()).order
    holding(client, make_basket(bell))

    client.post(reverse("order-cancel", args=[order.token]))

    held = open_basket(user=None, token=client.cookies[COOKIE].value)
    assert held == ordered
    assert quantities(held) == {lota.pk: 1, bell.pk: 1}


def test_a_person_finds_both_baskets_in_one_when_an_order_comes_to_nothing() -> None:
    user = User.objects.create_user("u@example.org", "a long password")
    lota, bell = make_product(stock=5), make_product()
    ordered = baskets.ensure_basket(user=user, token="")
    baskets.add(ordered, product_id=lota.pk, quantity=2)
    placed = place_order(ordered, buyer=make_buyer(user=user), expected_total=None, now=now())
    since = baskets.ensure_basket(user=user, token="")
    baskets.add(since, product_id=bell.pk, quantity=1)

    cancel_order(placed.order)

    assert Basket.objects.filter(owner=user, status=Basket.OPEN).get() == since
    assert quantities(open_basket(user=user, token="")) == {lota.pk: 2, bell.pk: 1}


def test_who_signs_in_to_cancel_keeps_the_basket_they_ordered_as_a_guest(
    client: Client, stripe_double: OfflineStripe
) -> None:
    lota = make_product()
    order = place_order(make_basket(lota), buyer=make_buyer(), expected_total=None, now=now()).order
    user = User.objects.create_user("u@example.org", "a long password")
    client.force_login(user)

    client.post(reverse("order-cancel", args=[order.token]))

    assert quantities(open_basket(user=user, token="")) == {lota.pk: 1}


def test_signing_in_while_the_basket_is_ordered_elsewhere_is_no_error() -> None:
    user = User.objects.create_user("u@example.org", "a long password")
    mine, guests = baskets.ensure_basket(user=user, token=""), make_basket(make_product())
    Basket.objects.filter(pk=guests.pk).update(status=Basket.FROZEN)

    with pytest.raises(baskets.BasketIsClosed):
        baskets.join(mine, guests)

    assert baskets.claim(user=user, token=guests.token) == mine
