"""Staff cancel and refund in the dashboard; large refunds wait among "Money and jobs"."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.accounts.models import User
from storefront.payment import services as payment
from storefront.payment.models import Refund
from storefront.payment.rules import RefundState
from tests.factories.orders import make_shipped
from tests.payment.cancelling.steps import (
    Bought,
    buy_both,
    cancel,
    check_books,
    make_staff,
    place_both,
)
from tests.payment.steps import attempt_of

MONEY = "/dashboard/money/"


def sign_in(email: str, *rights: str) -> Client:
    person = make_staff(email)
    wanted = rights or ("view_refund", "change_refund", "view_order", "change_order")
    person.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def one(db: None) -> Client:
    return sign_in("one@example.org")


@pytest.fixture
def two(db: None) -> Client:
    return sign_in("two@example.org")


def page_of(bought: Bought) -> str:
    return f"/dashboard/orders/{bought.order.number}/take-back/"


def look(staff: Client, bought: Bought, pieces: int, why: str = "buyer-asked") -> dict[str, str]:
    query = {f"line-{bought.line(bought.lotas).pk}": pieces, "why": why}
    page = staff.get(page_of(bought), query)
    assert page.status_code == 200
    found = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_the_orders_page_leads_staff_to_the_refund_and_what_they_saw_is_paid(
    double: OfflineStripe, one: Client
) -> None:
    bought = buy_both(double)
    make_shipped(bought.part(bought.brass))
    order = one.get(f"/dashboard/orders/{bought.order.number}/").content.decode()
    assert page_of(bought) in order
    sent = look(one, bought, 1, why="faulty")

    answer = one.post(page_of(bought), sent | {"words": "A dent."}, follow=True)
    again = one.post(page_of(bought), sent)

    page = answer.content.decode()
    assert "Done. We wrote to the buyer." in page
    assert "<b>₹680.29</b> Being sent" in page
    assert again.status_code == 302
    assert Refund.objects.get().amount_paise == 68_029
    check_books(offline=True)


def test_a_large_refund_waits_until_another_person_approves(
    double: OfflineStripe, one: Client, two: Client, settings: Any
) -> None:
    settings.REFUND_ALONE_UP_TO = Decimal(1000)
    bought = buy_both(double)
    sent = look(one, bought, 3)

    page = one.post(page_of(bought), sent, follow=True).content.decode()

    assert "It waits for a second person." in page
    refund = Refund.objects.get()
    mine, other = (client.get(MONEY).content.decode() for client in (one, two))
    assert "₹2,100.85, asked for by one@example.org: The buyer asked for it." in mine
    assert "Withdraw" in mine
    assert "approve-refund" not in mine
    assert "approve-refund" in other
    own = one.post(MONEY, {"action": "approve-refund", "id": str(refund.pk)}, follow=True)
    assert "Somebody else has to approve what you asked for." in own.content.decode()
    assert Refund.objects.get().state == RefundState.TO_APPROVE

    two.post(MONEY, {"action": "approve-refund", "id": str(refund.pk)})
    bought.look()

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert refund.approved_by == User.objects.get(email="two@example.org")
    assert "Nothing waits." in two.get(MONEY).content.decode()
    check_books()


def test_a_declined_refund_changes_nothing(
    double: OfflineStripe, one: Client, two: Client, settings: Any
) -> None:
    settings.REFUND_ALONE_UP_TO = Decimal(0)
    bought = buy_both(double)
    one.post(page_of(bought), look(one, bought, 1))
    refund = Refund.objects.get()

    two.post(MONEY, {"action": "decline-refund", "id": str(refund.pk)})

    refund.refresh_from_db()
    assert refund.state == RefundState.DECLINED
    assert bought.line(bought.lotas).cancelled_quantity == 0
    page = one.get(page_of(bought)).content.decode()
    assert "Declined" in page
    buyers = Client().get(f"/en/orders/{bought.order.token}/").content.decode()
    assert "Money that comes back" not in buyers


def test_a_refusal_is_said_on_the_page(double: OfflineStripe, one: Client) -> None:
    bought = buy_both(double)
    sent = look(one, bought, 2)
    cancel(bought, pieces={bought.line(bought.lotas).pk: 2})

    answer = one.post(page_of(bought), sent)

    assert answer.status_code == 409
    assert "Only 1 piece of “Brass lota” is left in this order." in answer.content.decode()


def test_an_unpaid_order_is_cancelled_as_a_whole(double: OfflineStripe, one: Client) -> None:
    bought = place_both()
    assert "Nobody has paid this order yet." in one.get(page_of(bought)).content.decode()

    page = one.post(page_of(bought), follow=True).content.decode()

    assert "The order is cancelled. Nobody had paid it." in page
    assert bought.order.status == "cancelled"
    move = bought.order.moves.get(seller_order=None)
    assert move.by == User.objects.get(email="one@example.org")


def test_an_order_paid_meanwhile_is_not_cancelled_behind_anybodys_back(
    double: OfflineStripe, one: Client
) -> None:
    bought = place_both()
    double.pay(attempt_of(bought.placed).provider_session or "")

    page = one.post(page_of(bought), follow=True).content.decode()

    assert "It is paid or being paid, so it was not cancelled." in page
    assert bought.order.status == "confirmed"


@pytest.mark.parametrize("rights", [["view_refund"], ["view_order", "change_order"]])
def test_who_may_not_is_sent_away(double: OfflineStripe, rights: list[str]) -> None:
    bought = buy_both(double)
    other = sign_in("s@example.org", *rights)

    assert other.get(page_of(bought)).status_code == 403
    assert other.post(page_of(bought)).status_code == 403
    assert Client().get(page_of(bought))["Location"].startswith("/en/account/login/")
    assert Refund.objects.count() == 0


def test_an_order_that_is_none_is_not_found(one: Client) -> None:
    assert one.get("/dashboard/orders/ZK-NONE-NONE/take-back/").status_code == 404


def test_both_pages_speak_hindi(double: OfflineStripe, one: Client, settings: Any) -> None:
    bought = buy_both(double)
    settings.REFUND_ALONE_UP_TO = Decimal(0)
    one.post(page_of(bought), look(one, bought, 1))
    one.cookies[settings.LANGUAGE_COOKIE_NAME] = "hi"

    assert "रद्द करें या पैसा लौटाएँ" in one.get(page_of(bought)).content.decode()
    assert "वापसियाँ जिन्हें किसी और की मंज़ूरी चाहिए" in one.get(MONEY).content.decode()


def test_a_message_of_the_bank_keeps_an_approval_waiting(
    double: OfflineStripe, one: Client, two: Client, settings: Any
) -> None:
    settings.REFUND_ALONE_UP_TO = Decimal(0)
    bought = buy_both(double)
    one.post(page_of(bought), look(one, bought, 1))
    double.dispute(session=attempt_of(bought.placed).provider_session)
    payment.sync(attempt_of(bought.placed))
    refund = Refund.objects.get()

    answer = two.post(MONEY, {"action": "approve-refund", "id": str(refund.pk)}, follow=True)

    assert "The bank is questioning this payment" in answer.content.decode()
    refund.refresh_from_db()
    assert refund.state == RefundState.TO_APPROVE
