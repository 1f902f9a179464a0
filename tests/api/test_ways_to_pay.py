"""Another front end: the ways in the quote, an order in cash, its code, and changes of mind."""

from decimal import Decimal

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from storefront.order.models import Order
from storefront.payment.models import NoCashPin
from tests.api.conftest import Caller, Json, order_of
from tests.factories.cash import code_sent, make_terms
from tests.factories.catalogue import make_product
from tests.factories.offers import make_offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post_office")]


@pytest.fixture
def basket(api: Caller, stripe_double: OfflineStripe) -> Json:
    make_terms(cash_fee=Decimal(40), prepaid_percent=Decimal(5))
    return api.basket_of(make_product(price="1000.00", stock=5).pk)


def quote(api: Caller, basket: Json, **more: str) -> Json:
    found: Json = api.post(f"baskets/{basket['token']}/quote", {"state": "09"} | more).json()
    return found


def cash_order(api: Caller, basket: Json) -> Json:
    answer = api.order(order_of(basket, "1100.00") | {"way": "cash"})
    assert answer.status_code == 201, answer.content
    found: Json = answer.json()
    return found


def test_the_quote_lists_every_way_with_its_price_or_why_not(api: Caller, basket: Json) -> None:
    NoCashPin.objects.create(pin="226001")

    ways = {each["name"]: each for each in quote(api, basket, pin="226001")["ways"]}

    assert ways["stripe"]["total"]["amount"] == "1010.00"
    assert ways["stripe"]["prepaid_discount"]["amount"] == "50.00"
    assert ways["stripe"]["reason"] is None
    assert ways["cash"]["door_fee"]["amount"] == "40.00"
    assert ways["cash"]["reason"] == {
        "code": "pin",
        "text": "No courier takes cash at PIN 226001.",
    }
    assert ways["nothing"]["is_offered"] is False


def test_the_total_of_a_quote_is_that_of_the_first_way_that_is_offered(
    api: Caller, basket: Json
) -> None:
    found = quote(api, basket)

    placed = api.order(order_of(basket, found["total"]["amount"]))

    assert placed.status_code == 201
    assert placed.json()["way"] == "stripe"
    assert placed.json()["discounts"] == [
        {
            "name": "For paying online",
            "voucher": None,
            "amount": {"amount": "50.00", "currency": "INR"},
        }
    ]


def test_an_order_in_cash_waits_for_its_code_and_is_confirmed(api: Caller, basket: Json) -> None:
    order = cash_order(api, basket)
    assert (order["way"], order["state"], order["payment"]) == ("cash", "pending-payment", None)
    assert order["code_until"] is not None
    assert order["parts"][0]["cash"] == {
        "amount": {"amount": "1100.00", "currency": "INR"},
        "rounding": {"amount": "0.00", "currency": "INR"},
        "state": "to-collect",
    }
    address = f"orders/{order['token']}/code"

    wrong = api.post(address, {"code": "abc"})
    right = api.post(address, {"code": code_sent()})
    again = api.post(address, {"code": code_sent()})

    assert (wrong.status_code, wrong.json()["code"]) == (422, "code-refused")
    assert wrong.json()["detail"].endswith("You have 4 more tries.")
    assert (right.json()["state"], right.json()["code_until"]) == ("confirmed", None)
    assert again.json() == right.json()


def test_a_new_code_must_wait(api: Caller, basket: Json) -> None:
    order = cash_order(api, basket)

    answer = api.post(f"orders/{order['token']}/code/new")

    assert (answer.status_code, answer.json()["code"]) == (429, "no-new-code")
    assert answer["Retry-After"] == "60"


def test_a_way_that_is_not_offered_is_refused_with_its_reason(api: Caller, basket: Json) -> None:
    NoCashPin.objects.create(pin="226001")

    answer = api.order(order_of(basket, "1100.00") | {"way": "cash"}, **{"accept-language": "hi"})

    assert answer.status_code == 409
    assert answer.json()["code"] == "way-refused"
    assert answer.json()["reason"] == "pin"
    assert answer.json()["detail"] == "पिन 226001 पर कोई कूरियर नक़दी नहीं लेता।"
    assert not Order.objects.exists()


def test_an_unpaid_order_changes_to_cash_and_back_to_the_page(api: Caller, basket: Json) -> None:
    order = api.order(order_of(basket, "1010.00")).json()
    address = f"orders/{order['token']}"

    at_door = api.post(f"{address}/door").json()
    page = api.post(f"{address}/pay").json()
    shown = api.get(address).json()

    assert (at_door["way"], at_door["total"]["amount"]) == ("cash", "1100.00")
    assert page["url"].startswith("http")
    assert (shown["way"], shown["payment"]["url"]) == ("cash", page["url"])


def test_while_the_provider_is_down_the_order_goes_on_in_cash(
    api: Caller, basket: Json, stripe_double: OfflineStripe
) -> None:
    stripe_double.fault("503", times=40)
    down = api.order(order_of(basket, "1010.00"))
    token = Order.objects.get().token

    at_door = api.post(f"orders/{token}/door")

    assert (down.status_code, down.json()["code"]) == (503, "gateway-down")
    assert at_door.json()["way"] == "cash"
    assert api.post(f"orders/{token}/code", {"code": code_sent()}).json()["state"] == "confirmed"


def test_an_order_that_costs_nothing_is_confirmed_at_once(api: Caller, basket: Json) -> None:
    from oscar.apps.offer.models import Benefit

    make_offer(value=100)
    make_offer(Benefit.SHIPPING_PERCENTAGE, 100)

    order = api.order(order_of(basket, "0.00")).json()

    assert (order["way"], order["state"], order["payment"]) == ("nothing", "confirmed", None)
