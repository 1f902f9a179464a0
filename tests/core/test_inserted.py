"""Rows that are inserted by kept SQL are those that Django's own bulk_create writes."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from storefront.basket.models import Basket
from storefront.core.clock import now
from storefront.core.compiled import LONGEST
from storefront.core.inserted import change, insert, insert_once
from storefront.core.models import Heartbeat
from storefront.ledger.models import Journal
from storefront.order.models import Order
from storefront.payment.models import PaymentAttempt
from storefront.stock.models import StockMovement
from storefront.stock.rules import Reason
from tests.factories.catalogue import make_product, stock_record
from tests.factories.orders import make_order
from tests.rounds import ROUNDS, racing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [0, 1, 2, 7, LONGEST + 1])
def test_any_number_of_rows_is_written_and_numbered_in_one_statement(number: int) -> None:
    record = stock_record(make_product())
    for time in range(2):  # the second time by the SQL that was kept
        rows = (
            StockMovement(stockrecord=record, reason=Reason.EDIT, in_stock_change=n, reference="x")
            for n in range(1, number + 1)
        )
        with CaptureQueriesContext(connection) as asked:
            written = insert(rows)
        inserts = [each for each in asked if each["sql"].startswith("INSERT")]

        assert len(inserts) == bool(number)
        known = StockMovement.objects.filter(pk__in=[row.pk for row in written]).order_by("pk")
        assert [row.in_stock_change for row in known] == list(range(1, number + 1)), time
        assert [(row.at, row.reference) for row in known] == [(row.at, "x") for row in written]
        assert not any(row._state.adding for row in written)


def test_a_row_with_a_number_of_its_own_keeps_it() -> None:
    order = make_order(make_product())
    for sequence in (8, 9):
        [attempt] = insert(
            [
                PaymentAttempt(
                    order=order,
                    sequence=sequence,
                    provider="cash",
                    amount_paise=100,
                    state="expired",
                    request={"a": ["list", 1]},
                    expires_at=now(),
                )
            ]
        )
        kept = PaymentAttempt.objects.get(pk=attempt.pk)
        assert (kept.sequence, kept.request) == (sequence, {"a": ["list", 1]})


def test_a_written_row_can_be_changed_and_saved() -> None:
    for _ in range(2):
        [basket] = insert([Basket()])
        basket.version = 5
        basket.save()
        basket.refresh_from_db()
        assert basket.version == 5


def test_the_databases_own_checks_refuse_as_ever() -> None:
    insert([Heartbeat(name="a", at=now(), every=1)])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Heartbeat(name="a", at=now(), every=1)])


def test_decimals_and_nothing_are_written_as_they_are() -> None:
    order = make_order(make_product())
    line = order.lines.get()
    copies: list[Any] = []
    for _ in range(2):
        twin = type(line).objects.get(pk=line.pk)
        twin.pk, twin._state.adding = None, True
        twin.unit_price_incl_tax, twin.upc = Decimal("12.30"), None
        copies += insert([twin])
    for copied in type(line).objects.filter(pk__in=[each.pk for each in copies]):
        assert (copied.unit_price_incl_tax, copied.upc) == (Decimal("12.30"), None)
        assert copied.title == line.title


def test_rows_are_changed_together_here_and_in_the_database() -> None:
    orders = [make_order(make_product()) for _ in range(3)]
    for language, until in (("hi", now()), ("en", None)):
        with CaptureQueriesContext(connection) as asked:
            change(orders[:2], language=language, payable_until=until)

        assert len(asked) == 1
        kept = Order.objects.order_by("pk").values_list("language", "payable_until")
        assert list(kept[:2]) == [(language, until)] * 2
        assert [(each.language, each.payable_until) for each in orders[:2]] == list(kept[:2])
        assert kept[2] == (orders[2].language, orders[2].payable_until)


def test_changing_no_rows_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        change([], language="hi")


def test_a_change_that_the_database_forbids_is_refused() -> None:
    order = make_order(make_product())
    with pytest.raises(IntegrityError), transaction.atomic():
        change([order], status="eaten")


def journals(*keys: str) -> list[Journal]:
    return [Journal(key=key, kind="fee", at=now()) for key in keys]


def test_what_is_there_already_is_not_written_again() -> None:
    [first] = insert_once(journals("a"), by=["key"])
    for _ in range(2):  # the second time by the SQL that was kept
        assert insert_once(journals("a"), by=["key"]) == []

    [second] = insert_once(journals("a", "b"), by=["key"])

    assert list(Journal.objects.order_by("pk").values_list("pk", "key")) == [
        (first.pk, "a"),
        (second.pk, "b"),
    ]


def test_any_number_of_rows_is_written_once() -> None:
    many = [f"key {n}" for n in range(2 * LONGEST + 1)]

    assert len(insert_once(journals(*many), by=["key"])) == len(many)
    assert [row.key for row in insert_once(journals("new", *many), by=["key"])] == ["new"]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_write_the_same_at_once_one_has_written_it() -> None:
    with racing(2) as at_once:
        for each in range(ROUNDS):
            told = at_once(*[lambda key=str(each): insert_once(journals(key), by=["key"])] * 2)
            assert sorted(map(len, told)) == [0, 1]
