"""What the bank did: paid, refused, or sent back; written once, whoever writes it."""

import pytest

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.ledger.models import Journal
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account, JournalKind
from storefront.payment.services.audit import audit
from storefront.payouts import services as payouts
from storefront.payouts.models import Payout, PayoutBatch
from storefront.payouts.rules import BatchState, PayoutState
from tests.factories.catalogue import make_seller
from tests.factories.payouts import LATER, make_draft, make_exported, make_owed, pay, take_back

pytestmark = pytest.mark.django_db
OWED, UTR = 93_654, "SBIN000000000001"


@pytest.fixture
def payout() -> Payout:
    """A payout that the bank has."""
    make_owed()
    return make_exported().payouts.select_related("batch").get()


def paid_journals() -> list[str]:
    journals = Journal.objects.filter(kind=JournalKind.SELLER_PAID).order_by("pk")
    return list(journals.values_list("key", flat=True))


def test_what_is_paid_is_booked_once_under_the_banks_reference(payout: Payout) -> None:
    moment = now()

    payouts.mark_paid(payout, utr=" sbin 0000 0000 0001", by=payout.batch.made_by, now=moment)
    again = payouts.mark_paid(payout, utr=UTR, by=payout.batch.made_by, now=now() + LATER)

    assert (again.state, again.utr, again.settled_at) == (PayoutState.PAID, UTR, moment)
    assert paid_journals() == [f"seller-payout:{payout.pk}"]
    assert balances()[Account.BANK] == -OWED
    assert owed_to(payout.seller) == 0
    assert PayoutBatch.objects.get().state == BatchState.CLOSED
    assert list(audit(offline=True)) == []


def test_a_batch_is_closed_with_its_last_payout(maker: User) -> None:
    make_owed(make_seller("Brass"))
    make_owed(make_seller("Cloth"))
    first, other = make_exported().payouts.select_related("batch").order_by("pk")

    pay(first)
    assert PayoutBatch.objects.get().state == BatchState.EXPORTED
    payouts.mark_failed(other, reason="No account", seen=PayoutState.DUE, by=maker, now=now())

    assert PayoutBatch.objects.get().state == BatchState.CLOSED


@pytest.mark.parametrize("utr", ["", "SBIN 1", "SBIN/000000000001"])
def test_what_no_bank_writes_is_refused(payout: Payout, utr: str) -> None:
    with pytest.raises(payouts.UtrRefused):
        pay(payout, utr=utr)

    assert Payout.objects.get().state == PayoutState.DUE
    assert paid_journals() == []


def test_a_reference_pays_one_payout() -> None:
    make_owed(make_seller("Brass"))
    make_owed(make_seller("Cloth"))
    first, other = make_exported().payouts.select_related("batch").order_by("pk")
    pay(first, utr=UTR)

    with pytest.raises(payouts.UtrRefused, match="SBIN000000000001 is the reference of another"):
        pay(other, utr=UTR)

    assert Payout.objects.get(pk=other.pk).state == PayoutState.DUE
    assert paid_journals() == [f"seller-payout:{first.pk}"]


def test_another_reference_does_not_overwrite_the_first(payout: Payout) -> None:
    pay(payout, utr=UTR)

    with pytest.raises(payouts.PayoutMoved):
        pay(payout, utr="HDFC000000000002")

    assert Payout.objects.get().utr == UTR


def test_nothing_is_paid_before_it_went_to_the_bank(maker: User) -> None:
    make_owed()
    payout = make_draft().payouts.select_related("batch").get()

    with pytest.raises(payouts.BatchMoved):
        pay(payout, by=maker)

    assert Payout.objects.get().state == PayoutState.DUE
    assert paid_journals() == []


def test_what_the_bank_paid_is_booked_although_it_was_taken_back_meanwhile(
    payout: Payout,
) -> None:
    part = payout.seller.seller_orders.select_related("order").get()
    take_back(part)

    pay(payout)

    assert owed_to(payout.seller) == -OWED
    assert list(audit(offline=True)) == []


def test_a_banks_answer_is_written_down_in_one_go(maker: User) -> None:
    make_owed(make_seller("Brass"))
    make_owed(make_seller("Cloth"))
    batch = make_exported()
    first, other = batch.payouts.order_by("pk")
    utrs = {first.pk: UTR, other.pk: "SBIN000000000002"}

    assert payouts.mark_all_paid(batch, utrs=utrs, by=maker, now=now()) == 2
    assert payouts.mark_all_paid(batch, utrs=utrs, by=maker, now=now()) == 2

    assert PayoutBatch.objects.get().state == BatchState.CLOSED
    assert len(paid_journals()) == 2


def test_of_an_answer_with_a_wrong_line_nothing_is_written(maker: User) -> None:
    make_owed(make_seller("Brass"))
    batch = make_exported()
    payout = batch.payouts.get()
    utrs = {payout.pk: UTR, payout.pk + 1: "SBIN000000000002"}

    with pytest.raises(payouts.NoSuchPayout):
        payouts.mark_all_paid(batch, utrs=utrs, by=maker, now=now())

    assert Payout.objects.get().state == PayoutState.DUE
    assert paid_journals() == []


def test_what_failed_is_in_the_next_batch(payout: Payout, maker: User) -> None:
    failed = payouts.mark_failed(
        payout, reason=" Account \n closed ", seen=PayoutState.DUE, by=maker, now=now()
    )

    assert (failed.state, failed.failure, failed.utr) == ("failed", "Account closed", None)
    assert owed_to(payout.seller) == OWED
    assert make_draft().payouts.get().amount_paise == OWED
    assert list(audit(offline=True)) == []


def test_what_the_bank_sent_back_is_turned_round_once(payout: Payout, maker: User) -> None:
    pay(payout)

    for _ in range(2):
        payouts.mark_failed(
            payout, reason="Account closed", seen=PayoutState.PAID, by=maker, now=now()
        )

    assert paid_journals() == [f"seller-payout:{payout.pk}", f"seller-payout-back:{payout.pk}"]
    assert Account.BANK not in balances()
    assert owed_to(payout.seller) == OWED
    assert PayoutBatch.objects.get().state == BatchState.CLOSED
    assert pay(make_exported().payouts.select_related("batch").get()).amount_paise == OWED
    assert owed_to(payout.seller) == 0
    assert list(audit(offline=True)) == []


def test_who_saw_it_due_does_not_turn_round_what_was_paid_meanwhile(
    payout: Payout, maker: User
) -> None:
    pay(payout)

    with pytest.raises(payouts.PayoutMoved):
        payouts.mark_failed(payout, reason="Late", seen=PayoutState.DUE, by=maker, now=now())

    assert Payout.objects.get().state == PayoutState.PAID


def test_a_failed_payout_cannot_be_paid(payout: Payout, maker: User) -> None:
    payouts.mark_failed(payout, reason="Closed", seen=PayoutState.DUE, by=maker, now=now())

    with pytest.raises(payouts.PayoutMoved):
        pay(payout)

    assert paid_journals() == []


def test_a_failure_says_why(payout: Payout, maker: User) -> None:
    with pytest.raises(payouts.ReasonMissing):
        payouts.mark_failed(payout, reason=" \n", seen=PayoutState.DUE, by=maker, now=now())

    assert Payout.objects.get().state == PayoutState.DUE


def test_a_declined_batch_pays_nobody_and_the_next_one_has_it_all(maker: User) -> None:
    make_owed(make_seller("Brass"))
    make_owed(make_seller("Cloth"))
    batch = make_draft()

    payouts.decline(batch, reason="Wrong day", by=maker, now=now())
    again = payouts.decline(batch, reason="Wrong day", by=maker, now=now())

    assert (again.state, again.exported_at) == (BatchState.CLOSED, None)
    assert set(batch.payouts.values_list("state", "failure")) == {("failed", "Wrong day")}
    assert make_draft().payouts.count() == 2


def test_a_batch_that_the_bank_has_cannot_be_declined(payout: Payout, maker: User) -> None:
    with pytest.raises(payouts.BatchMoved):
        payouts.decline(payout.batch, reason="Wrong day", by=maker, now=now())

    assert Payout.objects.get().state == PayoutState.DUE
