"""The audit finds whatever was planted, and nothing where nothing is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed
from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.ledger.models import Entry, Journal
from storefront.ledger.rules import Account, JournalKind
from storefront.order.models import Order, SellerOrder
from storefront.partner.models import StockRecord
from storefront.partner.services import load_rates
from storefront.payment import services as payment
from storefront.payment.models import Dispute, MoneyMovement, PaymentAttempt, Refund, Source
from storefront.payment.services.audit import audit
from storefront.payment.services.disputes import release
from storefront.payment.services.outside import allot
from tests.factories.orders import make_shipped, part_of
from tests.factories.purchase import make_post
from tests.partner.test_terms import RATES
from tests.payment.faults.money import TOTAL, hear, pay, session_of
from tests.payment.steps import attempt_of, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(stripe_double: OfflineStripe) -> Placed:
    """One of each story: paid, delivered, refunded, disputed, late, unpaid. Return the paid one."""
    make_post()
    load_rates(RATES)
    place()
    delivered = pay(stripe_double)
    fulfilment.deliver(make_shipped(part_of(delivered.order)), by=None, now=now())
    returned = pay(stripe_double)
    stripe_double.dashboard_refund(session=session_of(returned), amount=5_000)
    failed = pay(stripe_double)
    refund = stripe_double.dashboard_refund(session=session_of(failed), amount=7_000)
    stripe_double.refund_fails(refund["id"])
    for end in ("win", "lose"):
        asked = pay(stripe_double)
        stripe_double.dispute(session=session_of(asked))
        stripe_double.dispute(end, session=session_of(asked))
    hear(stripe_double)
    allot(Refund.objects.get(order=returned.order), part=part_of(returned.order), now=now())
    release(Dispute.objects.get(state="lost"), by=None, now=now())
    late = place()
    payment.sweep(now=now() + timedelta(hours=1))
    del late
    return pay(stripe_double)


@pytest.fixture
def street(stripe_double: OfflineStripe) -> Placed:
    """A paid order beside one that waits. Return the paid one."""
    make_post()
    place()
    return pay(stripe_double)


@contextmanager
def unguarded(*tables: str) -> Iterator[None]:
    """Let a test write what the database's triggers forbid."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {table} DISABLE TRIGGER USER"
            )
        yield


def test_a_clean_town_adds_up(town: Placed) -> None:
    assert list(audit()) == []


def an_unbalanced_journal(town: Placed) -> str:
    journal = Journal.objects.create(key="by hand", kind=JournalKind.GOODWILL)
    Entry.objects.create(journal=journal, account=Account.BANK, amount_paise=1)
    return "journal by hand: adds up to 1 paise"


def a_wrong_total(town: Placed) -> str:
    Order.objects.filter(pk=town.order.pk).update(total_incl_tax=Decimal("1061.00"))
    return f"order {town.order.number}: ₹1061.00, its parts ₹1060.00"


def a_wrong_part(town: Placed) -> str:
    part = part_of(town.order)
    SellerOrder.objects.filter(pk=part.pk).update(
        items_total=Decimal("999.00"), shipping_charge=Decimal("61.00")
    )
    return f"part {part.number}: goods ₹999.00, its lines ₹1000.00"


def a_second_capture(town: Placed) -> str:
    MoneyMovement.objects.create(
        order=town.order,
        attempt=attempt_of(town),
        kind="capture",
        provider="stripe",
        reference="ch_planted",
        amount_paise=TOTAL,
    )
    return f"order {town.order.number}: ₹1060.00, but 2 charges of ₹2120.00 are kept"


def a_confirmed_order_without_money(town: Placed) -> str:
    unpaid = Order.objects.get(status="pending-payment")
    Order.objects.filter(pk=unpaid.pk).update(status="confirmed")
    return f"order {unpaid.number}: ₹1060.00, but 0 charges of ₹0.00 are kept"


def a_captured_attempt_without_charge(town: Placed) -> str:
    attempt = PaymentAttempt.objects.get(order__status="pending-payment")
    PaymentAttempt.objects.filter(pk=attempt.pk).update(state="captured")
    return f"attempt {attempt.pk}: captured, with 0 charges"


def a_money_row_that_was_changed(town: Placed) -> str:
    row = MoneyMovement.objects.get(order=town.order, kind="capture")
    MoneyMovement.objects.filter(pk=row.pk).update(amount_paise=1)
    return f"money capture:stripe:{row.reference}: 1 paise, booked {TOTAL}"


def a_money_row_that_was_deleted(town: Placed) -> str:
    row = MoneyMovement.objects.get(order=town.order, kind="capture")
    MoneyMovement.objects.filter(pk=row.pk).delete()
    return f"journal capture:stripe:{row.reference}: there is no such money"


def a_journal_that_was_deleted(town: Placed) -> str:
    row = MoneyMovement.objects.get(order=town.order, kind="capture")
    Entry.objects.filter(journal__key=f"capture:stripe:{row.reference}").delete()
    Journal.objects.filter(key=f"capture:stripe:{row.reference}").delete()
    return f"money capture:stripe:{row.reference}: {TOTAL} paise, booked None"


def buyers_money_that_lies_still(town: Placed) -> str:
    sale = Journal.objects.get(order=town.order, kind="sale")
    Entry.objects.filter(journal=sale).delete()
    return f"order {town.order.number}: {TOTAL} paise of its buyer lie still"


def a_seller_who_is_owed_too_little(town: Placed) -> str:
    sale = Journal.objects.get(order=town.order, kind="sale")
    Entry.objects.filter(journal=sale, account="seller-payable").update(amount_paise=-1)
    return f"part {part_of(town.order).number}: owed 1 paise, should be {TOTAL}"


def a_dashboard_that_shows_something_else(town: Placed) -> str:
    Source.objects.filter(order=town.order).update(amount_refunded=Decimal(5))
    return (
        f"order {town.order.number}: the dashboard shows ₹1060.00 paid and ₹5.00 back, "
        "the money rows ₹1060.00 and ₹0.00"
    )


def a_piece_that_is_nowhere(town: Placed) -> str:
    record = town.order.lines.get().stockrecord
    assert record is not None
    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=7)
    return f"stock {record.partner_sku}: 7 in the house and 1 promised, its rows say 5 and 1"


PLANTED = [
    an_unbalanced_journal,
    a_wrong_total,
    a_wrong_part,
    a_second_capture,
    a_confirmed_order_without_money,
    a_captured_attempt_without_charge,
    a_money_row_that_was_changed,
    a_money_row_that_was_deleted,
    a_journal_that_was_deleted,
    buyers_money_that_lies_still,
    a_seller_who_is_owed_too_little,
    a_dashboard_that_shows_something_else,
    a_piece_that_is_nowhere,
]


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_difference_is_found(street: Placed, plant: Callable[[Placed], str]) -> None:
    assert list(audit(offline=True)) == []

    with unguarded("payment_moneymovement", "ledger_entry", "ledger_journal"):
        line = plant(street)

        found = list(audit(offline=True))

        assert line in found


def test_a_dispute_that_was_not_lost_may_not_be_a_loss(
    stripe_double: OfflineStripe, street: Placed
) -> None:
    stripe_double.dispute(session=session_of(street))
    stripe_double.dispute("lose", session=session_of(street))
    hear(stripe_double)
    assert list(audit()) == []
    lost = Dispute.objects.get()
    Dispute.objects.update(state="won")

    found = list(audit())

    assert found == [f"journal dispute-lost:stripe:{lost.reference}: that dispute is not lost"]


def test_what_the_provider_has_otherwise_is_found(
    stripe_double: OfflineStripe, street: Placed
) -> None:
    unheard = pay(stripe_double)
    refund = stripe_double.dashboard_refund(session=session_of(unheard), amount=9_000)
    ours = MoneyMovement.objects.create(
        order=street.order,
        attempt=attempt_of(street),
        kind="refund",
        provider="stripe",
        reference="re_planted",
        amount_paise=-1,
    )

    found = list(audit())

    assert f"provider: refund {refund['id']}: ours None, provider -9000" in found
    assert f"provider: refund {ours.reference}: ours -1, provider None" in found


def test_the_command_prints_a_line_each_and_fails(street: Placed) -> None:
    out = StringIO()
    call_command("audit_money", stdout=out)
    assert out.getvalue() == "Everything adds up.\n"
    line = a_dashboard_that_shows_something_else(street)

    with pytest.raises(CommandError, match=r"1 differences\.") as failed:
        call_command("audit_money", "--offline", stdout=(out := StringIO()))

    assert failed.value.returncode == 1
    assert out.getvalue() == f"{line}\n"


def test_a_provider_that_is_down_is_said_and_the_rest_can_be_audited_alone(
    stripe_double: OfflineStripe, street: Placed
) -> None:
    stripe_double.fault("503", times=20)

    with pytest.raises(CommandError, match="--offline"):
        call_command("audit_money", stdout=StringIO())

    call_command("audit_money", "--offline", stdout=StringIO())
