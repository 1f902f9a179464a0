"""The audit finds whatever of payouts was planted, and nothing where nothing is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from storefront.core.clock import now
from storefront.ledger.models import Journal
from storefront.ledger.rules import JournalKind, seller_paid
from storefront.ledger.services import post
from storefront.payment.services.audit import audit
from storefront.payouts import services as payouts
from storefront.payouts.models import Payout, PayoutBatch, PayoutLine
from storefront.payouts.rules import PayoutState
from tests.factories.catalogue import make_seller
from tests.factories.payouts import make_draft, make_exported, make_owed, pay, take_back
from tests.payment.test_audit import unguarded

pytestmark = pytest.mark.django_db
OWED = 93_654


@pytest.fixture
def town() -> Payout:
    """One of each: paid, failed, sent back, taken back after it was paid, and due."""
    for name in ("Brass", "Cloth", "Clay", "Glass"):
        make_owed(make_seller(name))
    batch = make_exported()
    paid, failed, returned, behind = batch.payouts.select_related("batch").order_by("pk")
    for each in (paid, returned, behind):
        pay(each)
    by = batch.made_by
    payouts.mark_failed(failed, reason="No", seen=PayoutState.DUE, by=by, now=now())
    payouts.mark_failed(returned, reason="No", seen=PayoutState.PAID, by=by, now=now())
    take_back(behind.seller.seller_orders.select_related("order").get())
    make_draft()
    return paid


def test_a_clean_town_adds_up(town: Payout) -> None:
    assert list(audit(offline=True)) == []


def a_payout_of_more_than_it_covers(town: Payout) -> str:
    Payout.objects.filter(pk=town.pk).update(amount_paise=OWED + 1)
    return f"payout {town.number}: {OWED + 1} paise, its lines {OWED}"


def a_paid_payout_whose_lines_are_free(town: Payout) -> str:
    count = town.lines.count()
    town.lines.update(is_alive=False)
    return f"payout {town.number}: paid, but 0 of its {count} lines are alive"


def a_line_of_another_seller(town: Payout) -> str:
    Payout.objects.filter(pk=town.pk).update(seller=make_seller("Stranger"))
    return f"payout {town.number}: {town.lines.count()} of its lines are not its seller's"


def a_paid_payout_without_a_journal(town: Payout) -> str:
    Journal.objects.filter(key=f"seller-payout:{town.pk}").update(key="gone")
    return f"payout {town.number}: paid {OWED} paise, booked 0 and 0"


def a_journal_of_no_payout(town: Payout) -> str:
    key = f"seller-payout:{town.pk + 1000}"
    post(JournalKind.SELLER_PAID, key=key, postings=seller_paid(town.seller_id, 1))
    return f"journal {key}: there is no such payout"


def a_seller_who_got_more_than_was_covered(town: Payout) -> str:
    key = f"seller-payout:{town.pk + 1000}"
    post(JournalKind.SELLER_PAID, key=key, postings=seller_paid(town.seller_id, 1))
    return f"seller {town.seller_id}: owed -1 paise, but payouts leave 0"


def a_due_payout_that_was_booked(town: Payout) -> str:
    due = Payout.objects.filter(state=PayoutState.DUE).order_by("pk")[0]
    paid = seller_paid(due.seller_id, OWED)
    post(JournalKind.SELLER_PAID, key=f"seller-payout:{due.pk}", postings=paid)
    return f"payout {due.number}: due {OWED} paise, booked {OWED} and 0"


def a_payout_sent_after_the_money_was_taken_back(town: Payout) -> str:
    later = now() + timedelta(minutes=1)
    PayoutBatch.objects.filter(pk=town.batch_id).update(exported_at=later)
    # Whose piece was taken back, after the export as it was.
    behind = Payout.objects.filter(batch=town.batch_id, state=PayoutState.PAID).order_by("-pk")[0]
    return f"payout {behind.number}: {OWED} paise were sent by then, 0 were owed"


PLANTED = [
    a_payout_of_more_than_it_covers,
    a_paid_payout_whose_lines_are_free,
    a_line_of_another_seller,
    a_paid_payout_without_a_journal,
    a_journal_of_no_payout,
    a_seller_who_got_more_than_was_covered,
    a_due_payout_that_was_booked,
    a_payout_sent_after_the_money_was_taken_back,
]


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_difference_is_found(town: Payout, plant: Callable[[Payout], str]) -> None:
    tables = ("payouts_payout", "payouts_payoutline", "ledger_entry", "ledger_journal")

    with transaction.atomic(), unguarded(*tables):
        line = plant(town)

        found = list(audit(offline=True))

        assert line in found


def test_two_payouts_cannot_hold_the_lines_of_one_entry_but_a_failed_one_keeps_its_own(
    town: Payout,
) -> None:
    again = PayoutLine.objects.filter(payout__state=PayoutState.FAILED).values("entry")

    assert PayoutLine.objects.filter(entry__in=again, is_alive=True).count() == again.count()
