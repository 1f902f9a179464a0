"""What the database itself refuses about cancellations and refunds."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from fixtures.stripe_double.runner import OfflineStripe
from storefront.order.models import Cancellation, CancelledLine, Line
from storefront.payment.models import Refund, RefundLine
from tests.payment.cancelling.steps import Bought, buy_both, cancel


@pytest.fixture
def bought(double: OfflineStripe) -> Bought:
    bought = buy_both(double)
    cancel(bought, key="one", pieces={bought.line(bought.lotas).pk: 1})
    return bought


def test_more_pieces_cancelled_than_ordered(bought: Bought) -> None:
    with (
        pytest.raises(IntegrityError, match="order_line_cancelled_within_quantity"),
        transaction.atomic(),
    ):
        Line.objects.filter(order=bought.order).update(cancelled_quantity=4)


def test_pieces_counted_as_cancelled_without_their_rows(bought: Bought) -> None:
    lines = Line.objects.filter(pk=bought.line(bought.lotas).pk)

    def count_one_more() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            lines.update(cancelled_quantity=F("cancelled_quantity") + 1)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="counts other pieces as cancelled than its rows"):
        count_one_more()


@pytest.mark.parametrize("model", [CancelledLine, RefundLine])
def test_what_was_written_about_pieces_is_changed_or_deleted(
    bought: Bought, model: type[CancelledLine] | type[RefundLine]
) -> None:
    for change in (lambda: model.objects.update(quantity=2), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError, match="are only ever added"), transaction.atomic():
            change()


def test_a_second_cancellation_of_the_same_wish(bought: Bought) -> None:
    first = Cancellation.objects.get()

    with (
        pytest.raises(IntegrityError, match="order_one_cancellation_a_wish"),
        transaction.atomic(),
    ):
        Cancellation.objects.create(
            order=first.order, key=first.key, asker="staff", why="other", state="done"
        )


def test_a_second_refund_of_the_same_cancellation(bought: Bought) -> None:
    first = Refund.objects.get()

    with pytest.raises(IntegrityError, match="cancellation_id"), transaction.atomic():
        Refund.objects.create(
            order=first.order,
            attempt=first.attempt,
            charge=first.charge,
            amount_paise=1,
            reason="by hand",
            cancellation=first.cancellation,
        )


def test_two_cancellations_that_wait_at_once(bought: Bought) -> None:
    def write(key: str) -> None:
        Cancellation.objects.create(
            order=bought.order, key=key, asker="staff", why="other", state="waiting"
        )

    write("a")
    with (
        pytest.raises(IntegrityError, match="order_one_waiting_cancellation"),
        transaction.atomic(),
    ):
        write("b")
