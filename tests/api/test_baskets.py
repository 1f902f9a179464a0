"""A guest's basket: filled, changed and priced by whoever holds its token, and by nobody else."""

from datetime import datetime
from typing import Any

import pytest

from storefront.accounts.models import User
from storefront.basket.models import Basket
from storefront.basket.services import ensure_basket
from storefront.catalogue import services as catalogue
from storefront.partner.rules import SellerKind
from storefront.partner.services import set_price
from storefront.stock.models import Hold
from tests.api.conftest import Caller
from tests.factories.catalogue import make_picture, make_product, make_seller, stock_record
from tests.factories.purchase import make_unserved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post_office")]


def test_pieces_are_added_changed_and_taken_out(api: Caller) -> None:
    lota = make_product(price="1000.00", stock=5)
    basket = api.basket_of(lota.pk, lota.pk)
    lines = f"baskets/{basket['token']}/lines"
    line = basket["groups"][0]["lines"][0]

    changed = api.patch(f"{lines}/{line['id']}", {"quantity": 4}).json()
    emptied = api.delete(f"{lines}/{line['id']}").json()

    assert line["quantity"] == 2
    assert changed["items_total"] == {"amount": "4000.00", "currency": "INR"}
    assert changed["can_be_ordered"] is True
    assert emptied["groups"] == []
    assert emptied["can_be_ordered"] is False
    assert emptied["version"] == changed["version"] + 1
    assert api.delete(f"{lines}/{line['id']}").status_code == 200


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": 10**9}, "quantity"),
        ({"quantity": 51}, "quantity"),
        ({"quantity": 1.5}, "quantity"),
        ({"quantity": "two"}, "quantity"),
        ({"quantity": True}, "quantity"),
        ({"quantity": None}, "quantity"),
        ({"quantity": float("nan")}, "quantity"),
        ({"product_id": 2**70}, "product_id"),
        ({"product_id": "1"}, "product_id"),
    ],
)
def test_a_senseless_line_is_a_problem_that_names_the_value(
    api: Caller, line: dict[str, Any], place: str
) -> None:
    token = api.post("baskets").json()["token"]

    answer = api.post(
        f"baskets/{token}/lines", {"product_id": make_product().pk, "quantity": 1} | line
    )

    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["errors"]] == [["body", place]]
    assert api.get(f"baskets/{token}").json()["count"] == 0


def test_a_line_without_a_product_is_asked_for_one(api: Caller) -> None:
    token = api.post("baskets").json()["token"]

    answer = api.post(f"baskets/{token}/lines", {})

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"loc": ["body", "product_id"], "msg": "Please give this."}]


@pytest.mark.parametrize("kind", ["unknown", "withdrawn", "sold out", "too many"])
def test_what_cannot_be_bought_cannot_be_added(api: Caller, kind: str) -> None:
    product = make_product(stock=0 if kind == "sold out" else 2)
    if kind == "withdrawn":
        catalogue.withdraw(product)
    token = api.post("baskets").json()["token"]
    wanted = {
        "product_id": product.pk + 999 if kind == "unknown" else product.pk,
        "quantity": 3 if kind == "too many" else 1,
    }

    answer = api.post(f"baskets/{token}/lines", wanted)

    assert answer.status_code == 409
    assert answer.json()["code"] == "cannot-add"
    assert (
        answer.json()["detail"]
        == {
            "unknown": "This is no longer sold.",
            "withdrawn": "This is no longer sold.",
            "sold out": "This is sold out.",
            "too many": "Only 2 left.",
        }[kind]
    )
    assert api.get(f"baskets/{token}").json()["count"] == 0


def test_a_line_of_another_basket_cannot_be_touched(api: Caller) -> None:
    theirs = api.basket_of(make_product().pk)
    line_id = theirs["groups"][0]["lines"][0]["id"]
    mine = api.post("baskets").json()["token"]

    changed = api.patch(f"baskets/{mine}/lines/{line_id}", {"quantity": 2})
    removed = api.delete(f"baskets/{mine}/lines/{line_id}")

    assert changed.status_code == 404
    assert removed.json()["token"] == mine
    assert api.get(f"baskets/{theirs['token']}").json()["count"] == 1


@pytest.mark.parametrize("token", ["nobody-holds-this", "a" * 500])
def test_a_token_that_nobody_holds_is_not_found(api: Caller, token: str) -> None:
    answer = api.get(f"baskets/{token}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "no-such-basket"
    assert answer.json()["detail"] == "No guest's basket has this token."


def test_the_basket_of_somebody_signed_in_is_out_of_reach(api: Caller) -> None:
    person = User.objects.create_user(email="ravi@example.org", password="a-long-password")
    basket = ensure_basket(user=person, token="")

    assert api.get(f"baskets/{basket.token}").status_code == 404
    assert api.post(f"baskets/{basket.token}/lines", {"product_id": 1}).status_code == 404


def test_a_basket_that_was_ordered_is_closed(api: Caller) -> None:
    basket = api.basket_of(make_product().pk)
    Basket.objects.filter(token=basket["token"]).update(status=Basket.FROZEN)

    answer = api.post(f"baskets/{basket['token']}/lines", {"product_id": 1, "quantity": 1})

    assert answer.status_code == 409
    assert answer.json()["code"] == "basket-closed"


def test_a_quote_prices_delivery_for_each_seller_by_the_state(api: Caller) -> None:
    near, far = make_seller("Brass One"), make_seller("Bell Two")
    lota = make_product(price="1000.00", seller=near, lead_days=7)
    bell = make_product(price="250.00", seller=far)
    token = api.basket_of(lota.pk, bell.pk)["token"]

    delhi = api.post(f"baskets/{token}/quote", {"state": "07"}).json()

    assert delhi["items_total"]["amount"] == "1250.00"
    assert delhi["delivery_total"]["amount"] == "180.00"
    assert delhi["total"]["amount"] == "1430.00"
    assert delhi["can_be_ordered"] is True
    days = {each["seller"]: (each["days_min"], each["days_max"]) for each in delhi["deliveries"]}
    assert days == {"Brass One": (9, 12), "Bell Two": (2, 5)}


def test_a_quote_says_who_may_not_sell_there(api: Caller) -> None:
    small = make_seller("Small Workshop", kind=SellerKind.ENROLLED)
    token = api.basket_of(make_product(seller=small).pk)["token"]

    delhi = api.post(f"baskets/{token}/quote", {"state": "07"}).json()

    assert delhi["can_be_ordered"] is False
    assert [each["charge"] for each in delhi["deliveries"]] == [None]


def test_a_quote_says_where_no_parcel_goes(api: Caller) -> None:
    make_unserved("226001")
    token = api.basket_of(make_product().pk)["token"]

    unserved, served, unknown = (
        api.post(f"baskets/{token}/quote", {"state": "09", "pin": pin}).json()
        for pin in ("226 001", "226002", "")
    )

    assert unserved["pin_problem"] == {
        "code": "pin-not-served",
        "text": "No parcels go to Lucknow, 226001 at present. The bridge is broken.",
    }
    assert not unserved["can_be_ordered"]
    for each in (served, unknown):
        assert each["pin_problem"] is None
        assert each["can_be_ordered"]


@pytest.mark.parametrize("state", ["99", "", "०९", "\x01\x02"])
def test_a_quote_for_no_state_is_a_problem(api: Caller, state: str) -> None:
    token = api.post("baskets").json()["token"]

    answer = api.post(f"baskets/{token}/quote", {"state": state})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "state"]


def test_a_price_that_moved_is_told_on_its_line(api: Caller) -> None:
    lota = make_product(price="1000.00")
    token = api.basket_of(lota.pk)["token"]
    record = stock_record(lota)
    set_price(record, price=record.price + 100, version=record.version, by=None)

    basket = api.get(f"baskets/{token}").json()

    line = basket["groups"][0]["lines"][0]
    assert line["unit_price"]["amount"] == "1100.00"
    assert line["problem"]["code"] == "price-changed"
    assert "₹1,000" in line["problem"]["text"]
    assert basket["can_be_ordered"] is False


@pytest.mark.parametrize("count", [1, 3])
def test_a_basket_costs_two_queries_whatever_it_holds(
    api: Caller, count: int, django_assert_num_queries: Any
) -> None:
    seller = make_seller()
    products = [make_product(seller=seller, pictures=[make_picture()]) for _ in range(count)]
    token = api.basket_of(*(product.pk for product in products))["token"]

    with django_assert_num_queries(2):
        basket = api.get(f"baskets/{token}").json()

    assert basket["count"] == count


def test_starting_the_checkout_keeps_the_pieces_for_this_basket(api: Caller) -> None:
    bowl = make_product(stock=1)
    mine, others = api.basket_of(bowl.pk), api.basket_of(bowl.pk)

    kept = api.post(f"baskets/{mine['token']}/hold")

    until = Hold.objects.get().until
    assert mine["held_until"] is None
    assert kept.status_code == 200
    assert datetime.fromisoformat(kept.json()["held_until"]) == until.replace(
        microsecond=until.microsecond // 1000 * 1000
    )
    assert kept.json()["can_be_ordered"]
    late = api.post(f"baskets/{others['token']}/hold").json()
    assert late["groups"][0]["lines"][0]["problem"]["code"] == "held"
    assert (late["held_until"], late["can_be_ordered"]) == (None, False)


def test_an_ordered_basket_keeps_nothing_more(api: Caller) -> None:
    basket = api.basket_of(make_product(stock=1).pk)
    Basket.objects.update(status=Basket.FROZEN)

    refused = api.post(f"baskets/{basket['token']}/hold")

    assert (refused.status_code, refused.json()["code"]) == (409, "basket-closed")
    assert Hold.objects.count() == 0
