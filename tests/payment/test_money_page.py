"""The staff's page about money and jobs: what needs a person, with a button each."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Permission
from django.test import Client, override_settings
from django.utils.formats import date_format
from django_tasks_db.models import DBTaskResult

from fixtures.stripe_double.runner import OfflineStripe
from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.core.queries import late_jobs
from storefront.core.services import beat
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account
from storefront.notices.tasks import post
from storefront.payment import services as payment
from storefront.payment.models import Difference, Dispute, ProviderEvent, ProviderPayout, Refund
from storefront.payment.rules import EventState, RefundState
from tests.factories.orders import part_of
from tests.factories.purchase import make_post
from tests.payment.faults.money import TOTAL, charge_of, hear, owed_to_buyer, pay, session_of
from tests.payment.steps import attempt_of

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/money/"


def make_staff(email: str) -> User:
    person: User = User.objects.create_user(email=email, password="x" * 12)
    person.is_staff = True
    person.save()
    return person


@pytest.fixture
def staff(client: Client, stripe_double: OfflineStripe) -> Client:
    make_post()
    person = make_staff("staff@example.org")
    person.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_refund", "change_refund"])
    )
    client.force_login(person)
    return client


def press(staff: Client, action: str, pk: object, **more: str) -> int:
    return staff.post(PAGE, {"action": action, "id": str(pk), **more}).status_code


def test_an_empty_page_says_that_all_is_well(staff: Client) -> None:
    page = staff.get(PAGE).content.decode()

    assert "Money and jobs" in page
    assert "Every refund went its way." in page
    assert "<button" not in page.partition('class="page-header"')[2].partition("</main")[0]


def test_the_page_speaks_hindi(staff: Client) -> None:
    staff.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "hi"

    assert "पैसा और काम" in staff.get(PAGE).content.decode()


@pytest.mark.parametrize(("rights", "get", "act"), [([], 403, 403), (["view_refund"], 200, 403)])
def test_who_may_not_sees_nothing_or_presses_nothing(
    client: Client, rights: list[str], get: int, act: int
) -> None:
    person = make_staff("s@example.org")
    person.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    client.force_login(person)

    assert client.get(PAGE).status_code == get
    assert press(client, "retry-event", 1) == act


def test_a_stranger_is_led_to_the_log_in_and_a_buyer_is_sent_away(client: Client) -> None:
    assert client.get(PAGE)["Location"] == f"/en/account/login/?next={PAGE}"
    client.force_login(User.objects.create_user(email="b@example.org", password="x" * 12))
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize(("action", "pk"), [("fly", "1"), ("retry-event", "x"), ("allot", "x")])
def test_a_senseless_button_is_not_found(staff: Client, action: str, pk: str) -> None:
    assert press(staff, action, pk) == 404


def test_a_message_that_was_given_up_is_worked_when_staff_say_so(
    staff: Client, stripe_double: OfflineStripe
) -> None:
    event = ProviderEvent.objects.create(
        provider="stripe", event_id="evt_1", type="x", state=EventState.DEAD, tries=10, error="Oh"
    )
    assert "evt_1" in staff.get(PAGE).content.decode()

    assert press(staff, "retry-event", event.pk) == 302
    payment.poll(now=now())

    event.refresh_from_db()
    assert event.state == EventState.IGNORED


def test_a_failed_letter_is_sent_when_staff_say_so(staff: Client) -> None:
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        post.enqueue("order_confirmed", "buyer@example.org", "en", {})
    DBTaskResult.objects.update(status="FAILED", finished_at=now(), exception_class_path="OSError")
    failed = DBTaskResult.objects.get()
    assert "order_confirmed OSError" in staff.get(PAGE).content.decode()

    press(staff, "retry-task", failed.pk)

    assert list(DBTaskResult.objects.ready()) == [failed]


def a_refund(placed: Any, state: RefundState) -> Refund:
    return Refund.objects.create(
        order=placed.order,
        attempt=attempt_of(placed),
        charge=charge_of(placed),
        amount_paise=10_000,
        reason="cancelled",
        state=state,
    )


def test_a_refused_refund_is_sent_again_once(staff: Client, stripe_double: OfflineStripe) -> None:
    refund = a_refund(pay(stripe_double), RefundState.REVIEW)

    press(staff, "retry-refund", refund.pk)
    payment.send_refunds()
    press(staff, "retry-refund", refund.pk)
    payment.send_refunds()

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert Refund.objects.count() == 1


def test_a_refund_that_came_back_is_written_anew_once(
    staff: Client, stripe_double: OfflineStripe
) -> None:
    placed = pay(stripe_double)
    refund = a_refund(placed, RefundState.NEW)
    payment.send_refunds()
    refund.refresh_from_db()
    stripe_double.refund_fails(refund.provider_refund or "")
    payment.sync(attempt_of(placed))
    assert "sent back by the buyer" in staff.get(PAGE).content.decode()

    press(staff, "retry-refund", refund.pk)
    press(staff, "retry-refund", refund.pk)
    payment.send_refunds()

    states = Refund.objects.order_by("created_at").values_list("state", flat=True)
    assert list(states) == [RefundState.FAILED, RefundState.SUCCEEDED]
    assert "sent back by the buyer" not in staff.get(PAGE).content.decode()


def test_a_refund_that_came_back_and_was_paid_by_bank_leaves_the_books_even(
    staff: Client, stripe_double: OfflineStripe
) -> None:
    placed = pay(stripe_double)
    refund = stripe_double.dashboard_refund(session=session_of(placed), amount=10_000)
    stripe_double.refund_fails(refund["id"])
    hear(stripe_double)
    assert owed_to_buyer(placed) == 10_000

    press(staff, "paid-by-bank", Refund.objects.get().pk)
    press(staff, "paid-by-bank", Refund.objects.get().pk)

    assert owed_to_buyer(placed) == 0
    assert balances(order=placed.order)[Account.BANK] == -10_000


def test_a_refund_made_elsewhere_is_allotted_to_a_part_of_its_order_only(
    staff: Client, stripe_double: OfflineStripe
) -> None:
    placed, other = pay(stripe_double), pay(stripe_double)
    stripe_double.dashboard_refund(session=session_of(placed), amount=10_000)
    hear(stripe_double)
    refund, part = Refund.objects.get(), part_of(placed.order)
    assert part.number in staff.get(PAGE).content.decode()

    assert press(staff, "allot", refund.pk, part=part_of(other.order).number) == 404
    assert press(staff, "allot", refund.pk, part=part.number) == 302

    assert owed_to(part.seller) == TOTAL - 10_000
    assert part.number not in staff.get(PAGE).content.decode()


def test_a_hold_is_shown_and_released(staff: Client, stripe_double: OfflineStripe) -> None:
    placed = pay(stripe_double)
    stripe_double.dispute(session=session_of(placed))
    hear(stripe_double)
    assert "answer by" in staff.get(PAGE).content.decode()

    press(staff, "release", Dispute.objects.get().pk)

    dispute = Dispute.objects.get()
    assert dispute.released_by is not None
    assert dispute.released_by.email == "staff@example.org"
    assert "answer by" not in staff.get(PAGE).content.decode()


def test_a_difference_stays_until_somebody_has_seen_to_it(
    staff: Client, stripe_double: OfflineStripe
) -> None:
    placed = pay(stripe_double)
    refund = stripe_double.dashboard_refund(session=session_of(placed), amount=9_000)
    payment.compare(now=now() + timedelta(hours=1))
    page = staff.get(PAGE).content.decode()
    assert refund["id"] in page
    assert "ours –, the provider&#x27;s -₹90" in page

    press(staff, "settle-difference", Difference.objects.get().pk)

    assert refund["id"] not in staff.get(PAGE).content.decode()


def test_the_last_payouts_are_shown_and_one_that_came_back_until_somebody_has_seen_to_it(
    staff: Client, stripe_double: OfflineStripe
) -> None:
    pay(stripe_double)
    kept = stripe_double.settle(payout=stripe_double.payout(amount=20_000)["id"])
    lost = stripe_double.payout(amount=30_000)
    stripe_double.payout_fails(lost["id"], reason="account_closed")
    stripe_double.payout(amount=-700)
    payment.look_at_payouts(now=now())
    page = staff.get(PAGE).content.decode()
    arrival = date_format(ProviderPayout.objects.get(reference=kept["id"]).arrives_on, "j F Y")
    assert f"₹200, Arrived, arrival on {arrival}" in page
    assert "₹300, Failed: the money is where it was, account_closed" in page
    assert "-₹7, taken from our bank, Being prepared, arrival on" in page
    assert (page.count(kept["id"]), page.count(lost["id"])) == (1, 2)
    assert page.count("list-group-item-danger") == 2

    press(staff, "settle-payout", ProviderPayout.objects.get(reference=lost["id"]).pk)
    press(staff, "settle-payout", ProviderPayout.objects.get(reference=kept["id"]).pk)

    page = staff.get(PAGE).content.decode()
    assert (page.count(kept["id"]), page.count(lost["id"])) == (1, 1)
    assert "list-group-item-danger" not in page
    seen = ProviderPayout.objects.get(settled_at__isnull=False)
    assert seen.reference == lost["id"]
    assert seen.settled_by is not None
    assert seen.settled_by.email == "staff@example.org"


def test_a_job_is_late_after_three_of_its_turns_and_a_young_one_is_not(staff: Client) -> None:
    moment = now()
    beat("ask for lost messages", now=moment - timedelta(hours=2), every=3600)
    beat("poll payments", now=moment - timedelta(minutes=2), every=20)
    beat("worker", now=moment - timedelta(days=1))

    assert late_jobs(now=moment) == ["poll payments"]
    page = staff.get(PAGE).content.decode()
    assert page.count("list-group-item-danger") == 1


def test_an_hourly_job_that_is_late_does_not_make_the_shop_unready(client: Client) -> None:
    beat("ask for lost messages", now=now() - timedelta(days=2), every=3600)
    beat("clock", now=now())
    beat("worker", now=now())

    assert client.get("/readyz").status_code == 200
