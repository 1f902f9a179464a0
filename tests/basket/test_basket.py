"""The basket: what may go in, what it says when the world changed, whose it is."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.basket.queries import basket_view
from storefront.catalogue import services as catalogue
from storefront.partner import services as partner
from storefront.stock.rules import Reason
from storefront.stock.services import set_free
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.purchase import make_basket

pytestmark = pytest.mark.django_db


def test_the_same_product_twice_is_one_line() -> None:
    lota = make_product(stock=5)
    basket = make_basket(lota)

    baskets.add(basket, product_id=lota.pk, quantity=2)

    assert [line.quantity for line in basket_view(basket).lines] == [3]


@pytest.mark.parametrize(("stock", "quantity"), [(0, 1), (2, 3), (99, 51), (5, 0), (5, -1)])
def test_more_than_there_is_or_none_cannot_be_added(stock: int, quantity: int) -> None:
    lota = make_product(stock=stock)
    basket = baskets.ensure_basket(user=None, token="")

    with pytest.raises(baskets.CannotAdd):
        baskets.add(basket, product_id=lota.pk, quantity=quantity)

    assert basket_view(basket).lines == ()


def test_a_withdrawn_product_cannot_be_added() -> None:
    lota = make_product()
    catalogue.withdraw(lota)
    basket = baskets.ensure_basket(user=None, token="")

    with pytest.raises(baskets.CannotAdd):
        baskets.add(basket, product_id=lota.pk, quantity=1)


def test_a_changed_price_is_named_and_taken_over_by_updating() -> None:
    lota = make_product(price="1000.00")
    basket = make_basket(lota)
    record = stock_record(lota)
    partner.set_price(record, price=Decimal("1100.00"), version=record.version, by=None)

    line = basket_view(basket).lines[0]
    assert line.problem == "price-changed"
    assert "₹1,000" in line.problem_text
    assert "₹1,100" in line.problem_text
    baskets.set_quantity(basket, line_id=line.id, quantity=1)

    assert basket_view(basket).problems == ()


def test_stock_that_shrank_is_named() -> None:
    lota = make_product(stock=5)
    basket = make_basket(lota, quantity=4)
    record = stock_record(lota)
    set_free(record, free=2, version=record.version, by=None, reason=Reason.EDIT)

    assert [line.problem for line in basket_view(basket).lines] == ["not-enough"]


@pytest.mark.parametrize("lines", [1, 10])
def test_a_basket_of_any_size_is_read_in_the_same_number_of_queries(
    lines: int,
    django_assert_num_queries,
) -> None:
    seller = make_seller()
    basket = make_basket(*(make_product(sku=f"P{n}", seller=seller) for n in range(lines)))

    with django_assert_num_queries(1):
        basket_view(basket)


def test_signing_in_joins_the_two_baskets_without_doubling() -> None:
    lota, bell = make_product(sku="A", stock=9), make_product(sku="B", stock=9)
    user = User.objects.create_user("u@example.org", "a long password")
    mine = baskets.ensure_basket(user=user, token="")
    baskets.add(mine, product_id=lota.pk, quantity=1)
    guests = make_basket(lota, bell, quantity=2)

    joined = baskets.claim(user=user, token=guests.token)

    assert joined == mine
    assert {line.title: line.quantity for line in basket_view(joined).lines} == {"Brass lota": 2}
    assert Basket.objects.get(pk=guests.pk).status == Basket.MERGED


def test_a_form_from_another_site_puts_nothing_in(client: Client) -> None:
    lota = make_product()
    data = {"product_id": lota.pk, "quantity": 1}

    answer = client.post(reverse("basket-add"), data, headers={"sec-fetch-site": "cross-site"})
    bare = client.post(reverse("basket-add"), data)

    assert (answer.status_code, bare.status_code) == (403, 403)
    assert Basket.objects.count() == 0


def test_another_guests_token_cannot_be_guessed_and_a_wrong_one_is_an_empty_basket(
    client: Client,
) -> None:
    make_basket(make_product())
    client.cookies["zila_basket"] = "not-a-token"

    answer = client.get(reverse("basket"))

    assert answer.status_code == 200
    assert "Your basket is empty" in answer.content.decode()


def test_a_line_of_somebody_else_is_not_changed(browser_client: Client) -> None:
    theirs = make_basket(make_product(stock=5))
    line = basket_view(theirs).lines[0]
    browser_client.post(
        reverse("basket-add"), {"product_id": line.product_id, "quantity": 1}, follow=True
    )

    browser_client.post(reverse("basket-line", args=[line.id]), {"quantity": 3})

    assert basket_view(theirs).lines[0].quantity == 1


@pytest.mark.parametrize("quantity", ["", "0"])
def test_none_removes_a_line(browser_client: Client, quantity: str) -> None:
    lota = make_product()
    browser_client.post(reverse("basket-add"), {"product_id": lota.pk, "quantity": 1})
    basket = Basket.objects.get()
    line = basket_view(basket).lines[0]

    browser_client.post(reverse("basket-line", args=[line.id]), {"quantity": quantity})

    assert basket_view(basket).lines == ()


@pytest.mark.parametrize("quantity", ["-1", "1.5", "1e9", "lots", "99999999999999999999"])
def test_a_senseless_quantity_is_refused_with_a_message(
    browser_client: Client, quantity: str
) -> None:
    lota = make_product()

    page = browser_client.post(
        reverse("basket-add"), {"product_id": lota.pk, "quantity": quantity}, follow=True
    )

    assert page.status_code == 422
    assert Basket.objects.count() == 0


def test_who_signs_in_finds_the_basket_they_filled_as_a_guest(browser_client: Client) -> None:
    lota = make_product()
    browser_client.post(reverse("basket-add"), {"product_id": lota.pk, "quantity": 1})
    User.objects.create_user("asha@example.org", "a long password")

    browser_client.post(
        reverse("account_login"), {"login": "asha@example.org", "password": "a long password"}
    )

    assert browser_client.get(reverse("me")).json() == {
        "basket_count": 1,
        "name": "",
        "signed_in": True,
    }
