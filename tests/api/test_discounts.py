"""Offers and vouchers over the API."""

from datetime import timedelta

import pytest
from oscar.apps.offer.models import Benefit
from oscar.apps.voucher.models import Voucher

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from tests.api.conftest import Caller, order_of
from tests.factories.catalogue import make_product
from tests.factories.offers import make_offer, make_voucher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post_office")]


def rupees(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "INR"}


def test_a_basket_lists_its_discounts_and_vouchers(api: Caller) -> None:
    make_offer(name="Diwali: 5% off / दीवाली: 5% छूट", value=5)
    make_voucher("LAMP10", name="For the lamps / दीयों के लिए")
    token = api.basket_of(make_product(price="1000.00").pk)["token"]

    answer = api.post(f"baskets/{token}/vouchers", {"code": "lamp10"}, **{"accept-language": "hi"})

    basket = answer.json()
    assert answer.status_code == 201
    assert basket["discounts"][1] == {
        "name": "दीवाली: 5% छूट",
        "voucher": None,
        "amount": rupees("50.00"),
    }
    assert basket["discounts"][0]["voucher"] == "LAMP10"
    assert basket["vouchers"] == [{"code": "LAMP10", "name": "दीयों के लिए", "problem": None}]
    line = basket["groups"][0]["lines"][0]
    assert (line["total_before_discounts"], line["total"]) == (rupees("1000.00"), rupees("850.00"))
    assert basket["items_total"] == rupees("850.00")


def test_a_voucher_is_removed_and_may_be_gone_already(api: Caller) -> None:
    make_voucher("LAMP10")
    token = api.basket_of(make_product(price="1000.00").pk)["token"]
    api.post(f"baskets/{token}/vouchers", {"code": "LAMP10"})

    answers = [api.delete(f"baskets/{token}/vouchers/LAMP10") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].json()["vouchers"] == []
    assert answers[1].json()["items_total"] == rupees("1000.00")


def test_a_refused_voucher_is_a_problem_with_a_reason(api: Caller) -> None:
    make_voucher("GONE", end_datetime=now() - timedelta(days=1))
    token = api.basket_of(make_product().pk)["token"]

    problems = [
        api.post(f"baskets/{token}/vouchers", {"code": code}).json() for code in ("NOSUCH", "GONE")
    ]

    assert [(each["status"], each["code"], each["reason"]) for each in problems] == [
        (409, "voucher-refused", "unknown"),
        (409, "voucher-refused", "expired"),
    ]
    assert problems[0]["detail"] == "We do not know this code. Please check how it is written."


def test_the_price_quoted_is_the_price_ordered(api: Caller, stripe_double: OfflineStripe) -> None:
    make_offer(Benefit.SHIPPING_ABSOLUTE, 10, name="Post")
    make_offer(name="Ten", value=10)
    basket = api.basket_of(make_product(price="1000.00").pk)

    quote = api.post(f"baskets/{basket['token']}/quote", {"state": "09"}).json()
    order = api.order(order_of(basket, quote["total"]["amount"])).json()

    wanted = [
        {"name": "Ten", "voucher": None, "amount": rupees("100.00")},
        {"name": "Post", "voucher": None, "amount": rupees("10.00")},
    ]
    assert sorted(quote["discounts"], key=str) == sorted(wanted, key=str)
    assert sorted(order["discounts"], key=str) == sorted(wanted, key=str)
    for told in (quote, order):
        assert told["items_total"] == rupees("900.00")
        assert told["delivery_total"] == rupees("50.00")
        assert told["total"] == rupees("950.00")
    assert quote["deliveries"][0]["charge"] == rupees("50.00")


def test_a_quote_with_an_email_knows_who_used_a_voucher(
    api: Caller, stripe_double: OfflineStripe
) -> None:
    make_voucher("WELCOME", usage=Voucher.ONCE_PER_CUSTOMER)
    lota = make_product(price="1000.00")

    def basket_with_voucher() -> dict[str, str]:
        basket: dict[str, str] = api.basket_of(lota.pk)
        api.post(f"baskets/{basket['token']}/vouchers", {"code": "WELCOME"})
        return basket

    first = api.order(order_of(basket_with_voucher(), "960.00"))
    basket = basket_with_voucher()
    again = api.order(order_of(basket, "960.00"), key="key-2")
    place = {"state": "09", "email": "asha@example.org"}
    quote = api.post(f"baskets/{basket['token']}/quote", place).json()

    assert first.status_code == 201
    assert (again.status_code, again.json()["code"]) == (409, "total-changed")
    assert quote["total"] == rupees("1060.00")
