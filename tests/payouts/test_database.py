"""What the database itself refuses of batches, payouts and statements."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.payouts.models import Payout, PayoutBatch, PayoutLine
from tests.factories.catalogue import make_seller
from tests.factories.payouts import make_draft, make_owed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("payoutbatch", "approved_by_id = made_by_id, state = 'approved', approved_at = now()"),
        ("payoutbatch", "state = 'exported', exported_at = now()"),
        ("payoutbatch", "exported_at = now()"),
        ("payout", "state = 'paid'"),
        ("payout", "state = 'failed'"),
        ("payout", "utr = 'sbin'"),
    ],
)
def test_the_database_refuses_what_no_service_writes(table: str, change: str) -> None:
    make_owed()
    make_draft()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE payouts_{table} SET {change}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payouts_payout SET amount_paise = 1",
        "DELETE FROM payouts_payoutline",
        "UPDATE payouts_payoutline SET entry_id = entry_id",
    ],
)
def test_the_database_keeps_statements_as_they_are(statement: str) -> None:
    make_owed()
    make_draft()

    with (
        pytest.raises(DatabaseError, match=r"rows of payouts_\w+ are only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_pays_no_entry_twice(maker: User) -> None:
    make_owed()
    [line, *_] = make_draft().payouts.get().lines.order_by("pk")
    seller, other = line.payout.seller, PayoutBatch.objects.create(made_by=maker, made_at=now())
    second = Payout.objects.create(batch=other, seller=seller, amount_paise=1)

    with pytest.raises(IntegrityError, match="payouts_entry_is_paid_once"), transaction.atomic():
        PayoutLine.objects.create(payout=second, entry=line.entry)
    with pytest.raises(IntegrityError, match="payouts_one_a_seller"), transaction.atomic():
        Payout.objects.create(batch=other, seller=seller, amount_paise=1)
    with pytest.raises(IntegrityError, match="payouts_is_money"), transaction.atomic():
        Payout.objects.create(batch=other, seller=make_seller(), amount_paise=0)
