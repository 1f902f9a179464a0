"""A buyer with an account can keep the address of an order; it is in their book once."""

from typing import Any

import pytest
from django.test import Client
from oscar.apps.address.models import UserAddress

from storefront.accounts.models import User
from storefront.checkout.services import addresses
from storefront.order.models import Order
from tests.factories.catalogue import make_product
from tests.factories.purchase import address_form, make_basket, make_post

pytestmark = pytest.mark.django_db
KEEP = {"keep": "on"}


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()


def pick(client: Client) -> None:
    client.post("/en/basket/add/", {"product_id": make_product().pk, "quantity": 1})


def buy(client: Client, language: str = "en", **typed: Any) -> Any:
    pick(client)
    return client.post(f"/{language}/checkout/", address_form(**typed), follow=True)


def book() -> list[tuple[str, str, str, bool]]:
    kept = UserAddress.objects.order_by("pk")
    return [
        (each.first_name, str(each.phone_number), each.line1, each.is_default_for_shipping)
        for each in kept
    ]


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Keep this address for next time"), ("hi", "यह पता अगली बार के लिए सहेजें")],
)
def test_who_is_signed_in_finds_a_box_that_nobody_ticked(
    signed_in: Client, language: str, label: str
) -> None:
    pick(signed_in)

    page = signed_in.get(f"/{language}/checkout/").content.decode()

    [box] = [each for each in page.split("<input") if 'name="keep"' in each]
    assert label in box
    assert "checked" not in box.split(">")[0]


def test_the_box_stays_ticked_while_the_pin_is_looked_up(signed_in: Client) -> None:
    pick(signed_in)

    page = signed_in.post("/en/checkout/", address_form(look_up="1") | KEEP).content.decode()

    [box] = [each for each in page.split("<input") if 'name="keep"' in each]
    assert "checked" in box.split(">")[0]
    assert book() == []


def test_a_kept_address_is_in_the_book_and_comes_next_time(signed_in: Client, asha: User) -> None:
    buy(signed_in, **KEEP)
    pick(signed_in)

    assert book() == [("Asha Verma", "+919876543210", "12 Hazratganj", True)]
    assert "12 Hazratganj" in signed_in.get("/en/account/addresses/").content.decode()
    assert 'value="12 Hazratganj"' in signed_in.get("/en/checkout/").content.decode()
    assert UserAddress.objects.get().user == asha


def test_without_the_tick_nothing_is_kept(signed_in: Client) -> None:
    buy(signed_in)

    assert book() == []
    assert Order.objects.count() == 1


def test_the_same_address_is_kept_once_in_whichever_language_it_is(signed_in: Client) -> None:
    for language in ("en", "hi", "en"):
        buy(signed_in, language, **KEEP)

    assert len(book()) == 1
    assert Order.objects.count() == 3


def test_the_same_address_keeps_the_number_that_was_typed_last(signed_in: Client) -> None:
    buy(signed_in, **KEEP)
    buy(signed_in, phone="87654 32109", **KEEP)

    assert book() == [("Asha Verma", "+918765432109", "12 Hazratganj", True)]


def test_another_receiver_at_the_same_door_is_another_address(signed_in: Client) -> None:
    buy(signed_in, **KEEP)
    buy(signed_in, name="Ravi Verma", **KEEP)

    assert [name for name, *_ in book()] == ["Asha Verma", "Ravi Verma"]


def test_another_address_does_not_become_the_usual_one(signed_in: Client) -> None:
    buy(signed_in, **KEEP)
    buy(signed_in, line1="7 Aminabad", **KEEP)

    assert [(line1, is_usual) for _, _, line1, is_usual in book()] == [
        ("12 Hazratganj", True),
        ("7 Aminabad", False),
    ]


def test_sent_twice_there_is_one_order_and_one_address(signed_in: Client) -> None:
    pick(signed_in)
    for _ in range(2):
        signed_in.post("/en/checkout/", address_form(**KEEP))

    assert len(book()) == Order.objects.count() == 1


def test_an_order_that_is_refused_keeps_no_address(signed_in: Client) -> None:
    answer = buy(signed_in, expected_total="1.00", **KEEP)

    assert answer.status_code == 409
    assert book() == []


def test_a_full_book_keeps_nothing_more_and_the_order_stands(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "MOST_ADDRESSES", 1)
    buy(signed_in, **KEEP)

    page = buy(signed_in, line1="7 Aminabad", **KEEP).content.decode()

    assert "Your address book is full, so this address was not kept." in page
    assert [line1 for _, _, line1, _ in book()] == ["12 Hazratganj"]
    assert Order.objects.count() == 2


def test_a_guest_sees_no_box_and_keeps_nothing_whatever_they_send(browser_client: Client) -> None:
    browser_client.cookies["zila_basket"] = make_basket(make_product()).token

    page = browser_client.get("/en/checkout/").content.decode()
    browser_client.post("/en/checkout/", address_form(**KEEP))

    assert 'name="keep"' not in page
    assert book() == []
    assert Order.objects.count() == 1
