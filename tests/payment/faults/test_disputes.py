"""A buyer's bank takes money back, fears a fraud, or loses its case."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.ledger.models import Journal
from storefront.ledger.queries import balances
from storefront.ledger.rules import Account
from storefront.order.models import OrderNote, SellerOrder
from storefront.payment import services as payment
from storefront.payment.models import Dispute, MoneyMovement, Refund
from storefront.payment.queries import is_on_hold
from storefront.payment.rules import DisputeState, RefundState
from storefront.payment.services.disputes import release
from tests.factories.orders import part_of
from tests.payment.faults.money import (
    DISPUTE_FEE,
    FEE,
    TOTAL,
    charge_of,
    hear,
    pay,
    rows,
    session_of,
)
from tests.payment.steps import attempt_of


def test_a_dispute_is_booked_holds_the_parcel_and_tells_its_seller(
    double: OfflineStripe, client: Client
) -> None:
    placed = pay(double)
    part = part_of(placed.order)
    person = User.objects.create_user(email="seller@example.org", password="x" * 12)
    part.seller.users.add(person)
    mail.outbox.clear()
    opened = double.dispute(session=session_of(placed), reason="product_not_received")

    hear(double)
    hear(double)

    dispute = Dispute.objects.get()
    assert (dispute.reference, dispute.amount_paise, dispute.state) == (
        opened["id"],
        TOTAL,
        DisputeState.OPEN,
    )
    assert dispute.due_by == datetime.fromtimestamp(opened["evidence_details"]["due_by"], UTC)
    assert rows(placed) == [("capture", TOTAL), ("dispute", -TOTAL)]
    assert balances(order=placed.order) == {
        Account.DISPUTE_HOLDING: TOTAL,
        Account.GATEWAY_CLEARING: -FEE - DISPUTE_FEE,
        Account.GATEWAY_FEE: FEE + DISPUTE_FEE,
        Account.SELLER_PAYABLE: -TOTAL,
    }
    with pytest.raises(fulfilment.NotNow, match="Please do not send anything yet"):
        fulfilment.pack(part, by=None)
    assert [letter.to for letter in mail.outbox] == [["seller@example.org"]]
    assert part.number in mail.outbox[0].subject
    assert "On hold" in OrderNote.objects.get(order=placed.order).message
    client.force_login(person)
    page = client.get(f"/seller/orders/{part.number}/").content.decode()
    assert "Please do not send anything yet" in page
    assert 'value="pack"' not in page


def test_a_dispute_that_is_won_brings_the_money_back_and_lets_the_parcel_go(
    double: OfflineStripe,
) -> None:
    placed = pay(double)
    double.dispute(session=session_of(placed))
    hear(double)
    double.dispute("win", session=session_of(placed))

    hear(double)
    hear(double)

    assert rows(placed) == [("capture", TOTAL), ("dispute", -TOTAL), ("dispute_won", TOTAL)]
    assert balances(order=placed.order) == {
        Account.GATEWAY_CLEARING: TOTAL - FEE - DISPUTE_FEE,
        Account.GATEWAY_FEE: FEE + DISPUTE_FEE,
        Account.SELLER_PAYABLE: -TOTAL,
    }
    assert not is_on_hold(placed.order)
    assert fulfilment.pack(part_of(placed.order), by=None).state == "packed"


def test_a_dispute_that_is_lost_is_a_loss_and_the_parcel_stays_until_a_person_says_so(
    double: OfflineStripe,
) -> None:
    placed = pay(double)
    double.dispute(session=session_of(placed))
    double.dispute("lose", session=session_of(placed))

    hear(double)
    hear(double)

    assert rows(placed) == [("capture", TOTAL), ("dispute", -TOTAL)]
    books = balances(order=placed.order)
    assert books[Account.DISPUTE_LOSS] == TOTAL
    assert Account.DISPUTE_HOLDING not in books
    assert is_on_hold(placed.order)
    release(Dispute.objects.get(), by=None, now=now())
    assert not is_on_hold(placed.order)


def test_an_inquiry_holds_the_parcel_and_moves_no_money(double: OfflineStripe) -> None:
    placed = pay(double)
    double.dispute("warn", session=session_of(placed))

    hear(double)

    assert Dispute.objects.get().state == DisputeState.WARNING
    assert is_on_hold(placed.order)
    assert rows(placed) == [("capture", TOTAL)]
    double.dispute("lose", session=session_of(placed))
    hear(double)
    assert Dispute.objects.get().state == DisputeState.CLOSED
    assert not is_on_hold(placed.order)


def test_a_dispute_of_a_refunded_charge_is_debited_once(double: OfflineStripe) -> None:
    placed = pay(double)
    double.dashboard_refund(session=session_of(placed))
    hear(double)
    double.dispute(session=session_of(placed))

    hear(double)

    assert rows(placed) == [("capture", TOTAL), ("refund", -TOTAL)]
    assert balances(order=placed.order)[Account.GATEWAY_CLEARING] == -FEE
    assert is_on_hold(placed.order)


def test_a_warning_of_fraud_holds_the_parcel(double: OfflineStripe) -> None:
    placed = pay(double)
    double.dispute("fraud", session=session_of(placed))

    hear(double)
    hear(double)

    warning = Dispute.objects.get()
    assert (warning.state, warning.amount_paise) == (DisputeState.WARNING, 0)
    assert is_on_hold(placed.order)
    with pytest.raises(fulfilment.NotNow):
        fulfilment.pack(SellerOrder.objects.get(), by=None)
    assert not Journal.objects.filter(kind__startswith="dispute").exists()


def test_nothing_is_refunded_while_a_bank_holds_the_charge(double: OfflineStripe) -> None:
    placed = pay(double)
    double.dispute(session=session_of(placed))
    hear(double)
    refund = Refund.objects.create(
        order=placed.order,
        attempt=attempt_of(placed),
        charge=charge_of(placed),
        amount_paise=1_000,
        reason="goodwill",
    )

    assert payment.send_refunds() == 0

    refund.refresh_from_db()
    assert refund.state == RefundState.REVIEW
    assert not MoneyMovement.objects.filter(kind="refund").exists()


def test_a_dispute_told_before_the_payment_finds_its_order_by_the_charge(
    double: OfflineStripe,
) -> None:
    from storefront.payment.models import ProviderEvent
    from storefront.payment.services import events
    from tests.payment.steps import place

    placed = place()
    double.pay(session_of(placed))
    opened = double.dispute(session=session_of(placed))
    event = ProviderEvent.objects.create(
        provider="stripe",
        event_id="evt_first",
        type="charge.dispute.created",
        object_id=opened["id"],
        charge=opened["charge"],
    )

    events.work(event.pk)

    assert Dispute.objects.get().order == placed.order
    assert rows(placed) == [("capture", TOTAL), ("dispute", -TOTAL)]
