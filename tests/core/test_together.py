"""Rows of several models are written by one statement, and know each other's numbers."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from storefront.core.clock import now
from storefront.core.together import MOST, insert_together
from storefront.ledger.models import Entry, Journal
from storefront.ledger.rules import Account, JournalKind
from storefront.payment.models import PaymentAttempt, StartsInHour
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


def journal(key: str) -> Journal:
    return Journal(key=key, kind=JournalKind.FEE)


def entries(of: Journal, paise: int) -> list[Entry]:
    """Return two entries that balance."""
    return [
        Entry(journal=of, account=account, amount_paise=amount)
        for account, amount in ((Account.GATEWAY_FEE, paise), (Account.BANK, -paise))
    ]


@pytest.mark.parametrize("pairs", [1, 2, MOST])
def test_rows_that_point_to_each_other_are_written_and_numbered(pairs: int) -> None:
    for time in range(2):  # the second time by the SQL that was kept
        journals = [journal(f"{time} {n}") for n in range(pairs)]
        told = [each for n, of in enumerate(journals) for each in entries(of, 100 + n)]
        told.reverse()

        with CaptureQueriesContext(connection) as asked:
            insert_together(journals, told)

        assert len(asked) == (1 if 3 * pairs <= MOST else 2)
        assert not any(row._state.adding for row in (*journals, *told))
        for n, of in enumerate(journals):
            kept = Journal.objects.get(pk=of.pk)
            assert (kept.key, kept.at) == (f"{time} {n}", of.at)
            assert sorted(kept.entries.values_list("amount_paise", flat=True)) == [
                -100 - n,
                100 + n,
            ]
        assert all(Entry.objects.get(pk=each.pk).journal_id == each.journal_id for each in told)
        assert all(each.journal_id == each.journal.pk for each in told)


def test_a_row_may_point_to_one_that_is_there_already() -> None:
    known = journal("known")
    known.save()
    fresh = journal("fresh")
    insert_together([fresh], [*entries(known, 5), *entries(fresh, 7)])

    assert sorted(known.entries.values_list("amount_paise", flat=True)) == [-5, 5]
    assert sorted(fresh.entries.values_list("amount_paise", flat=True)) == [-7, 7]


@pytest.mark.parametrize("pairs", [1, MOST])
def test_a_statement_of_the_callers_own_is_done_beside_and_its_values_returned(
    pairs: int,
) -> None:
    beside = """
        INSERT INTO payment_startsinhour (who, hour, count)
        SELECT who, %s, 7 FROM unnest(%s::text[]) AS who RETURNING who
    """
    for time in range(2):
        fresh = journal(f"{time}")
        told = [each for _ in range(pairs) for each in entries(fresh, 5)]
        names = [f"one {time}", f"two {time}"]
        with CaptureQueriesContext(connection) as asked:
            values = insert_together([fresh], told, beside=[(beside, [now(), names])])

        assert len(asked) == (1 if 2 * pairs < MOST else 3)
        assert sorted(values) == names
        assert StartsInHour.objects.filter(who__in=names, count=7).count() == 2
        assert fresh.entries.count() == 2 * pairs


def test_a_group_without_rows_is_left_out() -> None:
    alone = journal("alone")
    insert_together([alone], [])

    assert Journal.objects.get().pk == alone.pk


def test_if_the_database_refuses_one_row_none_is_written() -> None:
    twice = journal("twice")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_together([twice], [*entries(twice, 0)])

    assert not Journal.objects.exists()


def test_a_row_that_has_a_number_keeps_it() -> None:
    order = make_order(make_product())

    def attempt(sequence: int) -> PaymentAttempt:
        return PaymentAttempt(
            order=order,
            sequence=sequence,
            provider="cash",
            amount_paise=100,
            state="expired",
            request={},
            expires_at=now(),
        )

    first, second = attempt(8), attempt(9)
    wanted = [first.pk, second.pk]
    insert_together([first, second])

    kept = order.attempts.filter(sequence__gte=8).order_by("sequence")
    assert [each.pk for each in kept] == wanted == [first.pk, second.pk]
