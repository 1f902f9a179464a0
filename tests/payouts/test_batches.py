"""A batch on its way to the bank: what it covers, who says yes, and what the file has."""

from datetime import timedelta
from typing import Any

import pytest

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.payment.models import Dispute, Refund
from storefront.payment.rules import RefundState
from storefront.payment.services.audit import audit
from storefront.payouts import services as payouts
from storefront.payouts.models import Payout, PayoutBatch
from storefront.payouts.queries import not_covered
from storefront.payouts.rules import BatchState, PayoutState
from tests.factories.catalogue import make_product, make_seller
from tests.factories.payouts import (
    LATER,
    bring,
    dispute,
    make_draft,
    make_exported,
    make_owed,
    pay,
    sell,
    take_back,
)

pytestmark = pytest.mark.django_db
OWED = 93_654


def due() -> list[int]:
    return list(Payout.objects.order_by("pk").values_list("amount_paise", flat=True))


def test_a_batch_has_a_payout_a_seller_of_all_that_is_ready(maker: User) -> None:
    brass, cloth = make_seller("Brass"), make_seller("Cloth")
    make_owed(brass)
    make_owed(brass)
    cloths = make_product(seller=cloth, price="1000.00")
    order = sell(make_product(seller=brass, price="500.00"), cloths)
    bring(order, cloth)

    batch = payouts.draft_batch(by=maker, now=now() + LATER)

    got = Payout.objects.order_by("seller").values_list("seller", "amount_paise", "state")
    # Of the order of both, only what arrived.
    assert list(got) == [(brass.pk, 2 * OWED, "due"), (cloth.pk, OWED, "due")]
    assert (batch.state, batch.made_by) == (BatchState.DRAFT, maker)
    assert list(audit(offline=True)) == []


def test_what_may_still_come_back_is_not_paid(maker: User) -> None:
    make_owed()

    with pytest.raises(payouts.NothingToPay):
        payouts.draft_batch(by=maker, now=now() + timedelta(days=7, minutes=-1))

    assert not PayoutBatch.objects.exists()
    assert payouts.draft_batch(by=maker, now=now() + timedelta(days=7)).payouts.count() == 1


def test_a_second_batch_has_nothing_of_the_first(maker: User) -> None:
    make_owed()
    payouts.draft_batch(by=maker, now=now() + LATER)

    with pytest.raises(payouts.NothingToPay):
        payouts.draft_batch(by=maker, now=now() + LATER)

    assert due() == [OWED]


def test_less_than_a_hundred_rupees_waits_for_more(maker: User) -> None:
    seller = make_seller()
    make_owed(seller, price="30.00")
    with pytest.raises(payouts.NothingToPay):
        payouts.draft_batch(by=maker, now=now() + LATER)
    make_owed(seller, price="30.00")

    payouts.draft_batch(by=maker, now=now() + LATER)

    # Twice ₹90.00 less ₹3.00, ₹0.54, ₹0.14 and ₹0.03 of ₹30.00.
    assert due() == [17_258]


def test_money_of_a_disputed_order_waits_until_staff_let_it_go(maker: User) -> None:
    asked = dispute(make_owed())
    with pytest.raises(payouts.NothingToPay):
        payouts.draft_batch(by=maker, now=now() + LATER)

    Dispute.objects.filter(pk=asked.pk).update(released_at=now())
    payouts.draft_batch(by=maker, now=now() + LATER)

    assert due() == [OWED]


def test_money_waits_while_a_refund_waits_for_a_second_person(maker: User, settings: Any) -> None:
    settings.REFUND_ALONE_UP_TO *= 0
    part = make_owed()
    take_back(part)

    with pytest.raises(payouts.NothingToPay):
        payouts.draft_batch(by=maker, now=now() + LATER)


def test_money_waits_while_nobody_has_said_who_bears_a_refund_made_elsewhere(maker: User) -> None:
    part = make_owed()
    refund = Refund.objects.create(
        order=part.order,
        attempt=part.order.attempts.get(),
        charge=f"ch_{part.order.number}",
        amount_paise=10_000,
        reason="external",
        state=RefundState.SUCCEEDED,
    )
    with pytest.raises(payouts.NothingToPay):
        payouts.draft_batch(by=maker, now=now() + LATER)

    Refund.objects.filter(pk=refund.pk).update(settled_at=now())
    payouts.draft_batch(by=maker, now=now() + LATER)

    assert due() == [OWED]


def test_what_was_taken_back_after_a_payout_makes_the_next_one_smaller(maker: User) -> None:
    seller = make_seller()
    first = make_owed(seller)
    paid = pay(make_exported().payouts.get())
    statement = set(paid.lines.values_list("entry", flat=True))
    take_back(first)
    make_owed(seller, price="2000.00")

    payouts.draft_batch(by=maker, now=now() + LATER)

    # ₹2,060.00 less ₹246.92; and less the first piece, whose deductions came back with it.
    assert due() == [OWED, 181_308 - OWED]
    assert set(paid.lines.values_list("entry", flat=True)) == statement
    assert list(audit(offline=True)) == []


def test_nobody_approves_what_they_made(maker: User) -> None:
    make_owed()
    batch = payouts.draft_batch(by=maker, now=now() + LATER)

    with pytest.raises(payouts.OwnBatch):
        payouts.approve(batch, by=maker, now=now())

    batch.refresh_from_db()
    assert (batch.state, batch.approved_by) == (BatchState.DRAFT, None)


def test_a_second_person_approves_once(second: User) -> None:
    make_owed()
    batch, moment = make_draft(), now()

    payouts.approve(batch, by=second, now=moment)
    again = payouts.approve(batch, by=second, now=moment + LATER)

    assert (again.state, again.approved_by, again.approved_at) == ("approved", second, moment)


def test_a_third_person_is_told_that_somebody_was_faster(second: User, maker: User) -> None:
    make_owed()
    batch = make_draft()
    payouts.approve(batch, by=second, now=now())

    with pytest.raises(payouts.BatchMoved):
        payouts.approve(batch, by=maker, now=now())

    assert PayoutBatch.objects.get().approved_by == second


def test_the_file_has_what_the_bank_needs_and_no_more(second: User) -> None:
    make_owed(make_seller("=Brass, & Sons", name_hi="पीतल"))
    batch = make_draft()
    payouts.approve(batch, by=second, now=now())

    file = payouts.export(batch, by=second, now=now())

    payout = Payout.objects.get()
    assert file == (
        "seller,name,amount,reference\r\n"
        f'{payout.seller_id},"\'=Brass, & Sons",936.54,ZP{payout.pk}\r\n'
    )
    assert PayoutBatch.objects.get().state == BatchState.EXPORTED


def test_the_file_again_has_only_what_is_still_due(second: User) -> None:
    make_owed(make_seller("Brass"))
    make_owed(make_seller("Cloth"))
    batch = make_exported()
    before = PayoutBatch.objects.get().exported_at
    first, other = batch.payouts.order_by("pk")
    pay(first)

    file = payouts.export(batch, by=second, now=now())

    assert [line.split(",")[-1] for line in file.split()] == ["reference", other.number]
    assert PayoutBatch.objects.get().exported_at == before


@pytest.mark.parametrize("state", [BatchState.DRAFT, BatchState.CLOSED])
def test_nothing_goes_to_the_bank_before_it_is_approved_or_when_all_is_done(
    state: BatchState, second: User
) -> None:
    make_owed()
    batch = make_draft()
    if state == BatchState.CLOSED:
        payouts.decline(batch, reason="Wrong", by=second, now=now())

    with pytest.raises(payouts.BatchMoved):
        payouts.export(batch, by=second, now=now())

    batch.refresh_from_db()
    assert (batch.state, batch.exported_at) == (state, None)


def test_what_was_taken_back_since_the_draft_keeps_the_batch_in_the_house(second: User) -> None:
    part, other = make_owed(make_seller("Brass")), make_owed(make_seller("Cloth"))
    batch = make_draft()
    take_back(part)

    with pytest.raises(payouts.NotCovered, match=r"ZP\d+ \(Brass\)\.$"):
        payouts.approve(batch, by=second, now=now())

    assert PayoutBatch.objects.get().state == BatchState.DRAFT
    wrong = batch.payouts.get(seller=part.seller)
    payouts.mark_failed(wrong, reason="Back", seen=PayoutState.DUE, by=second, now=now())
    payouts.approve(batch, by=second, now=now())
    assert payouts.export(batch, by=second, now=now()).count("\r\n") == 2
    assert batch.payouts.get(state=PayoutState.DUE).seller == other.seller
    assert list(audit(offline=True)) == []


def test_what_is_in_question_since_the_approval_does_not_go_to_the_bank(second: User) -> None:
    part = make_owed()
    batch = make_draft()
    payouts.approve(batch, by=second, now=now())
    dispute(part)

    with pytest.raises(payouts.NotCovered):
        payouts.export(batch, by=second, now=now())

    assert PayoutBatch.objects.get().state == BatchState.APPROVED


def test_money_on_its_way_in_another_batch_is_not_owed_twice(second: User) -> None:
    seller = make_seller()
    first = make_owed(seller)
    make_exported()
    make_owed(seller, price="500.00")
    batch = make_draft()
    take_back(first)

    # Both payouts are covered by entries of their own; what the seller owes is between them.
    assert [each.amount_paise for each in not_covered(batch)] == [batch.payouts.get().amount_paise]
