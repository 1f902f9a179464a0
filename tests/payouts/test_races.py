"""Two of the staff at once, on real threads, fifty times: nobody is paid twice."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.core.refusals import Refusal
from storefront.ledger.models import Journal
from storefront.ledger.queries import owed_to
from storefront.ledger.rules import JournalKind
from storefront.partner.models import Partner
from storefront.payment.services.audit import audit
from storefront.payouts import services as payouts
from storefront.payouts.models import Payout, PayoutBatch
from storefront.payouts.rules import PayoutState
from tests.factories.catalogue import make_seller
from tests.factories.payouts import LATER, make_clerk, make_owed, pay, take_back
from tests.rounds import ROUNDS, Race, racing

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
OWED = 93_654


@pytest.fixture
def race() -> Iterator[Race]:
    with racing(2) as race:
        yield race


@pytest.fixture
def seller() -> Partner:
    return make_seller()


@pytest.fixture
def third() -> User:
    return make_clerk("third")


def trying(job: Callable[[], Any]) -> Callable[[], Any]:
    """Return the job, which says by its code why it was refused."""

    def run() -> Any:
        try:
            job()
        except Refusal as refusal:
            return refusal.code
        return "done"

    return run


def drafted(by: User) -> PayoutBatch:
    return payouts.draft_batch(by=by, now=now() + LATER)


def exported(maker: User, second: User) -> Payout:
    """Return the one payout of a batch that the bank has."""
    batch = drafted(maker)
    payouts.approve(batch, by=second, now=now())
    payouts.export(batch, by=second, now=now())
    payout: Payout = batch.payouts.select_related("batch").get()
    return payout


def paid_journals() -> int:
    return Journal.objects.filter(kind=JournalKind.SELLER_PAID).count()


def test_of_two_who_draft_one_has_it_all(
    seller: Partner, maker: User, second: User, race: Race
) -> None:
    for round_ in range(ROUNDS):
        make_owed(seller)

        results = race(*(trying(partial(drafted, by)) for by in (maker, second)))

        assert sorted(map(str, results)) == ["done", "nothing-to-pay"]
        assert PayoutBatch.objects.count() == round_ + 1
    assert list(audit(offline=True)) == []


def test_of_two_who_approve_one_did(
    seller: Partner, maker: User, second: User, third: User, race: Race
) -> None:
    for _ in range(ROUNDS):
        make_owed(seller)
        batch = drafted(maker)

        results = race(
            *(trying(partial(payouts.approve, batch, by=by, now=now())) for by in (second, third))
        )

        assert sorted(map(str, results)) == ["done", "payout-batch-moved"]


def test_of_two_references_at_once_one_is_written_and_the_money_booked_once(
    seller: Partner, maker: User, second: User, race: Race
) -> None:
    for round_ in range(ROUNDS):
        make_owed(seller)
        payout = exported(maker, second)
        is_same = round_ % 2
        utrs = [f"A{payout.pk:011d}", f"{'A' if is_same else 'B'}{payout.pk:011d}"]

        results = race(*(trying(partial(pay, payout, utr=utr, by=second)) for utr in utrs))

        assert sorted(map(str, results)) == ["done", "done" if is_same else "payout-moved"]
        assert paid_journals() == round_ + 1
        assert owed_to(seller) == 0
    assert list(audit(offline=True)) == []


def test_paid_and_failed_at_once_end_as_one_of_them(
    seller: Partner, maker: User, second: User, race: Race
) -> None:
    make_owed(seller)
    for _ in range(ROUNDS):
        if not owed_to(seller):
            make_owed(seller)
        payout = exported(maker, second)
        failing = partial(
            payouts.mark_failed, payout, reason="No", seen=PayoutState.DUE, by=second, now=now()
        )

        results = race(trying(partial(pay, payout, by=second)), trying(failing))

        payout.refresh_from_db()
        is_paid = payout.state == PayoutState.PAID
        assert results == (["done", "payout-moved"] if is_paid else ["payout-moved", "done"])
        assert owed_to(seller) == (0 if is_paid else OWED)
    assert list(audit(offline=True)) == []


def test_a_refund_while_the_batch_leaves_is_seen_or_comes_off_the_next_payout(
    seller: Partner, maker: User, second: User, race: Race
) -> None:
    for _ in range(ROUNDS):
        part = make_owed(seller)
        batch = drafted(maker)
        payouts.approve(batch, by=second, now=now())

        left, back = race(
            trying(lambda batch=batch: payouts.export(batch, by=second, now=now())),
            trying(partial(take_back, part)),
        )

        assert back == "done"
        payout = batch.payouts.select_related("batch").get()
        if left == "done":
            pay(payout)
            assert owed_to(seller) == -OWED
            # The file left before anything was taken back.
            assert list(audit(offline=True)) == []
            make_owed(seller)
        else:
            assert left == "payout-not-covered"
            payouts.decline(batch, reason="Back", by=second, now=now())
        assert owed_to(seller) == 0
    assert list(audit(offline=True)) == []
