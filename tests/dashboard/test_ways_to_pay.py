"""Staff write the terms of payment, list PIN codes, and book what couriers bring."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from storefront.accounts.models import User
from storefront.core.clock import now, today
from storefront.fulfilment import services as fulfilment
from storefront.payment.models import CashPart, NoCashPin, PaymentTerms
from storefront.payment.queries import terms_on
from storefront.payment.rules import CashState
from tests.factories.cash import on_the_road, order_cash
from tests.factories.catalogue import make_product

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/ways-to-pay/"


def staff(*codenames: str) -> Client:
    user = User.objects.create_user("staff@example.org", "a long password")
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def clerk() -> Client:
    return staff("view_refund", "change_refund", "view_order")


def terms(**facts: Any) -> dict[str, Any]:
    return {
        "action": "terms",
        "valid_from": today().isoformat(),
        "cash_most": "5000",
        "cash_fee": "40",
        "strikes_allowed": "2",
        "prepaid_percent": "0",
        "prepaid_rupees": "0",
    } | facts


@pytest.mark.parametrize(("codes", "status"), [((), 403), (("view_refund",), 200)])
def test_only_who_may_see_the_money_sees_the_page(codes: tuple[str, ...], status: int) -> None:
    client = staff(*codes)

    assert client.get(PAGE).status_code == status
    assert client.post(PAGE, terms()).status_code == 403
    assert not PaymentTerms.objects.exists()


def test_a_buyer_and_a_stranger_do_not_see_it(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(User.objects.create_user("asha@example.org", "a long password"))
    assert client.get(PAGE).status_code == 403


def test_terms_hold_from_their_day_on_and_of_a_day_the_last_ones_count(clerk: Client) -> None:
    tomorrow = today() + timedelta(days=1)

    clerk.post(PAGE, terms())
    clerk.post(PAGE, terms(cash_fee="50"))
    clerk.post(PAGE, terms(valid_from=tomorrow.isoformat(), cash_most="", prepaid_percent="5"))

    now_held, then_held = terms_on(today()), terms_on(tomorrow)
    assert now_held is not None
    assert then_held is not None
    assert (now_held.cash_most, now_held.cash_fee) == (Decimal(5000), Decimal(50))
    assert (then_held.cash_most, then_held.prepaid_percent) == (None, Decimal(5))
    assert now_held.set_by is not None
    page = clerk.get(PAGE).content.decode()
    assert "up to ₹5,000 at the door, ₹50 for it</li>" in page
    assert "5 % off for paying online" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"valid_from": "2020-01-01"}, "Terms cannot begin in the past."),
        ({"cash_fee": "-1"}, "Please give no amount below 0."),
        ({"cash_most": "0"}, "Leave this empty if nobody may pay at the door."),
        ({"prepaid_percent": "51"}, "Please give at most 50 per cent."),
        ({"prepaid_percent": "5", "prepaid_rupees": "5"}, "per cent or rupees, not both"),
    ],
)
def test_terms_that_make_no_sense_are_refused_in_the_form(
    clerk: Client, wrong: dict[str, str], words: str
) -> None:
    answer = clerk.post(PAGE, terms(**wrong))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PaymentTerms.objects.exists()


def test_a_pin_is_listed_once_and_taken_off(clerk: Client) -> None:
    clerk.post(PAGE, {"action": "add-pin", "pin": "226 001"})
    clerk.post(PAGE, {"action": "add-pin", "pin": "226001"})
    assert NoCashPin.objects.get().pin == "226001"
    refused = clerk.post(PAGE, {"action": "add-pin", "pin": "12"})
    assert refused.status_code == 409

    clerk.post(PAGE, {"action": "remove-pin", "pin": "226001"})

    assert not NoCashPin.objects.exists()


def test_staff_write_down_what_was_collected_and_what_is_on_the_account(clerk: Client) -> None:
    cash = on_the_road(order_cash(make_product(price="1000.00")))
    number = cash.seller_order.number
    assert number in clerk.get(PAGE).content.decode()

    clerk.post(PAGE, {"action": "collected", "part": number})
    refused = clerk.post(PAGE, {"action": "remit", "part": [number], "reference": " "})
    clerk.post(PAGE, {"action": "remit", "part": [number], "reference": "UTR 1"})

    assert refused.status_code == 409
    found = CashPart.objects.get()
    assert (found.state, found.bank_reference) == (CashState.REMITTED, "UTR 1")
    page = clerk.get(PAGE).content.decode()
    assert number not in page
    assert "Couriers owe us nothing." in page


def test_staff_write_down_a_parcel_that_came_back(clerk: Client) -> None:
    cash = on_the_road(order_cash(make_product()))

    clerk.post(PAGE, {"action": "came-back", "part": cash.seller_order.number})

    assert CashPart.objects.get().state == CashState.REFUSED


@pytest.mark.parametrize("form", [{"action": "burn"}, {"action": "collected", "part": "x"}, {}])
def test_a_made_up_form_is_not_there(clerk: Client, form: dict[str, str]) -> None:
    assert clerk.post(PAGE, form).status_code == 404


def test_cash_paid_twice_waits_on_the_money_page_for_a_bank_transfer(clerk: Client) -> None:
    cash = on_the_road(order_cash(make_product(price="1000.00")))
    CashPart.objects.update(state=CashState.DROPPED)
    fulfilment.collect(cash.seller_order, by=None, now=now())

    page = clerk.get("/dashboard/money/").content.decode()

    assert "₹1,060, paid-twice, paid in cash" in page
    assert 'value="paid-by-bank"' in page
    assert 'value="retry-refund"' not in page
