"""Staff pay sellers: one makes the batch, another approves it, and the bank's answer is written."""

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Permission
from django.test import Client

from storefront.core.clock import now
from storefront.partner.services import load_rates
from storefront.payouts.models import Payout, PayoutBatch
from storefront.payouts.rules import BatchState, PayoutState
from tests.factories.catalogue import make_seller
from tests.factories.payouts import (
    make_clerk,
    make_draft,
    make_exported,
    make_owed,
    pay,
    take_back,
)
from tests.partner.test_terms import RATES

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/payouts/"
UTR = "SBIN000000000001"


def sign_in(name: str, *rights: str) -> Client:
    clerk = make_clerk(name)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(clerk)
    return client


@pytest.fixture(autouse=True)
def _rates(db: None) -> None:
    load_rates(RATES)


@pytest.fixture
def clerk() -> Client:
    return sign_in("clerk", "view_payoutbatch", "change_payoutbatch")


@pytest.fixture
def draft() -> PayoutBatch:
    """A batch of one seller that somebody else made."""
    make_owed(make_seller("Brass & Sons"))
    return make_draft()


@pytest.fixture
def sent() -> Payout:
    """The one payout of a batch that the bank has."""
    make_owed(make_seller("Brass & Sons"))
    payout: Payout = make_exported().payouts.select_related("batch").get()
    return payout


def of(batch: PayoutBatch) -> str:
    return f"{PAGE}{batch.pk}/"


def press(client: Client, batch: PayoutBatch, action: str, **typed: Any) -> Any:
    return client.post(of(batch), {"action": action, **typed})


@pytest.mark.parametrize(("rights", "status"), [((), 403), (("view_payoutbatch",), 200)])
def test_only_who_may_see_it_sees_it_and_only_who_may_pay_pays(
    rights: tuple[str, ...], status: int, sent: Payout
) -> None:
    client = sign_in("s", *rights)

    doors = (PAGE, of(sent.batch), f"{of(sent.batch)}{sent.pk}/")
    assert [client.get(door).status_code for door in doors] == [status] * 3
    assert client.post(PAGE).status_code == 403
    assert press(client, sent.batch, "paid", payout=sent.pk, utr=UTR).status_code == 403
    assert Payout.objects.get().state == PayoutState.DUE


def test_who_may_see_money_may_not_pay_sellers(sent: Payout) -> None:
    client = sign_in("s", "view_refund", "change_refund")

    assert client.get(of(sent.batch)).status_code == 403


def test_a_batch_is_made_with_a_button(clerk: Client, settings: Any) -> None:
    settings.PAYOUT_AFTER_DAYS = 0
    make_owed()

    response = clerk.post(PAGE)

    batch = PayoutBatch.objects.get()
    assert response["Location"] == of(batch)
    assert batch.made_by.email == "clerk@example.org"
    body = clerk.get(of(batch)).content.decode()
    assert "Somebody else has to approve what you made." in body
    assert 'value="approve"' not in body
    assert press(clerk, batch, "approve").status_code == 409


def test_when_nothing_can_be_paid_the_page_says_so(clerk: Client) -> None:
    response = clerk.post(PAGE)

    assert response.status_code == 409
    assert "There is nothing that can be paid out now." in response.content.decode()
    assert not PayoutBatch.objects.exists()


def test_the_page_of_a_batch_has_each_sellers_sums(clerk: Client, draft: PayoutBatch) -> None:
    body = clerk.get(of(draft)).content.decode()

    for seen in ("Brass &amp; Sons", "₹1,060", "-₹123.46", "<b>₹936.54</b>", "In the batch"):
        assert seen in body


def test_the_statement_has_the_lines(clerk: Client, draft: PayoutBatch) -> None:
    body = clerk.get(f"{of(draft)}{draft.payouts.get().pk}/").content.decode()

    assert "-₹18.00" in body
    assert clerk.get(f"{PAGE}{draft.pk + 1}/{draft.payouts.get().pk}/").status_code == 404


def test_a_second_person_approves_and_gets_the_file(clerk: Client, draft: PayoutBatch) -> None:
    assert press(clerk, draft, "approve")["Location"] == of(draft)

    file = press(clerk, draft, "export")

    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert file["Content-Disposition"] == f'attachment; filename="payouts-{draft.pk}.csv"'
    assert file.content.decode().splitlines()[1].endswith(f"936.54,{draft.payouts.get().number}")
    assert PayoutBatch.objects.get().state == BatchState.EXPORTED


def test_a_batch_that_is_not_covered_comes_back_with_the_name(
    clerk: Client, draft: PayoutBatch
) -> None:
    take_back(draft.payouts.get().seller.seller_orders.select_related("order").get())

    response = press(clerk, draft, "approve")

    assert response.status_code == 409
    assert "(Brass &amp; Sons)" in response.content.decode()
    assert 'value="failed"' in response.content.decode()


def test_a_batch_is_declined_with_a_reason(clerk: Client, draft: PayoutBatch) -> None:
    assert press(clerk, draft, "decline", reason=" ").status_code == 422
    assert PayoutBatch.objects.get().state == BatchState.DRAFT

    press(clerk, draft, "decline", reason="Wrong day")

    assert PayoutBatch.objects.get().state == BatchState.CLOSED
    assert "Wrong day" in clerk.get(of(draft)).content.decode()


def test_a_reference_is_typed_for_one(clerk: Client, sent: Payout) -> None:
    press(clerk, sent.batch, "paid", payout=sent.pk, utr=UTR)

    fresh = Payout.objects.get()
    assert (fresh.state, fresh.utr) == (PayoutState.PAID, UTR)
    assert fresh.settled_by is not None
    assert fresh.settled_by.email == "clerk@example.org"


def test_a_refused_reference_is_still_in_its_box(clerk: Client, sent: Payout) -> None:
    response = press(clerk, sent.batch, "paid", payout=sent.pk, utr="SBIN-1")

    assert response.status_code == 422
    assert 'name="utr" value="SBIN-1"' in response.content.decode()


def test_a_failure_is_written_with_its_reason(clerk: Client, sent: Payout) -> None:
    pay(sent)
    as_seen = {"payout": sent.pk, "reason": "Account closed"}

    assert press(clerk, sent.batch, "failed", seen="due", **as_seen).status_code == 409
    assert Payout.objects.get().state == PayoutState.PAID
    page = clerk.get(of(sent.batch)).content.decode()
    assert "The bank sent it back" in page
    press(clerk, sent.batch, "failed", seen="paid", **as_seen)

    assert Payout.objects.get().failure == "Account closed"


def test_unreadable_letters_are_no_reason(clerk: Client, sent: Payout) -> None:
    typed = {"payout": sent.pk, "seen": "due", "reason": "\u200b\u202e\n"}

    assert press(clerk, sent.batch, "failed", **typed).status_code == 422


def test_the_banks_answer_is_pasted(clerk: Client, sent: Payout) -> None:
    response = press(clerk, sent.batch, "answer", lines=f"{sent.number},{UTR}\n")

    assert response.status_code == 302
    assert Payout.objects.get().utr == UTR
    assert PayoutBatch.objects.get().state == BatchState.CLOSED


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ZP1;<b>", "Nothing was written. These lines cannot be read: ZP1;&lt;b&gt;"),
        (f"ZP999999,{UTR}2", "This batch has no payout ZP999999."),
    ],
)
def test_an_answer_with_a_wrong_line_comes_back_whole_and_nothing_is_written(
    clerk: Client, sent: Payout, line: str, said: str
) -> None:
    response = press(clerk, sent.batch, "answer", lines=f"{sent.number},{UTR}\n{line}")

    assert response.status_code == 422
    assert said in response.content.decode()
    assert f"{sent.number},{UTR}" in response.content.decode()
    assert Payout.objects.get().state == PayoutState.DUE


@pytest.mark.parametrize(
    "typed",
    [
        {"action": "fly"},
        {"action": "paid", "payout": "x", "utr": UTR},
        {"action": "paid", "payout": "9" * 30, "utr": UTR},
        {"action": "failed", "seen": "flown"},
    ],
)
def test_a_senseless_button_is_not_found(
    clerk: Client, sent: Payout, typed: dict[str, str]
) -> None:
    assert clerk.post(of(sent.batch), typed).status_code == 404
    assert clerk.post(f"{PAGE}{sent.batch_id + 1}/", typed).status_code == 404
    assert clerk.get(f"{PAGE}{'9' * 30}/").status_code == 404


def test_the_pages_speak_hindi(clerk: Client, draft: PayoutBatch) -> None:
    clerk.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "hi"

    assert "विक्रेताओं को भुगतान" in clerk.get(PAGE).content.decode()
    assert "कटौती" in clerk.get(of(draft)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_takes_as_many_queries_for_one_as_for_three(
    clerk: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_owed(make_seller(f"Seller {number}"))
    batch = make_draft()
    clerk.get(of(batch))

    with django_assert_num_queries(9):
        clerk.get(of(batch))


def test_the_list_goes_on_on_a_second_page(clerk: Client) -> None:
    maker = make_clerk("maker")
    PayoutBatch.objects.bulk_create(
        PayoutBatch(made_by=maker, made_at=now(), state=BatchState.CLOSED) for _ in range(21)
    )

    assert len(clerk.get(PAGE).context["batches"]) == 20
    assert len(clerk.get(f"{PAGE}?page=2").context["batches"]) == 1
