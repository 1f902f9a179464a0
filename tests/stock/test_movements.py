"""The rows that say why stock changed: they add up, and they stay."""

from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, connection, transaction

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.core.clock import now
from storefront.partner.models import StockRecord
from storefront.stock.models import Hold, StockMovement
from storefront.stock.queries import Difference, differences
from storefront.stock.rules import Reason
from storefront.stock.services import Pieces, SoldOut, adjust, end_overdue, set_free
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import make_order, make_shipped, part_of
from tests.factories.purchase import make_basket

pytestmark = pytest.mark.django_db


def moved(record: StockRecord) -> list[tuple[str, int, int]]:
    rows = record.movements.order_by("pk")
    return list(rows.values_list("reason", "in_stock_change", "allocated_change"))


def test_the_worked_example_of_the_book_adds_up() -> None:
    seller = make_seller()
    lota = make_product(stock=5, seller=seller)
    baskets.hold(make_basket(lota, quantity=2), now=now() - timedelta(hours=1))
    end_overdue(now=now())
    sold = make_order(lota, quantity=2)
    make_shipped(part_of(sold, seller))
    record = stock_record(lota)
    adjust(Pieces(record.pk, 1), reason=Reason.RETURN, reference=sold.number)
    adjust(Pieces(record.pk, -1), reason=Reason.DAMAGE)
    record = stock_record(lota)
    set_free(record, free=4, version=record.version, by=None, reason=Reason.EDIT)

    after = stock_record(lota)
    assert moved(after) == [
        ("import", 5, 0),
        ("hold", 0, 2),
        ("hold", 0, -2),
        ("sale", 0, 2),
        ("shipped", -2, -2),
        ("return", 1, 0),
        ("damage", -1, 0),
        ("edit", 1, 0),
    ]
    assert (after.num_in_stock, after.num_allocated) == (4, 0)
    assert differences() == []


def test_what_is_promised_cannot_break() -> None:
    lota = make_product(stock=2)
    make_order(lota, quantity=2)
    record = stock_record(lota)

    with pytest.raises(SoldOut):
        adjust(Pieces(record.pk, -1), reason=Reason.DAMAGE)

    assert stock_record(lota).num_in_stock == 2


def test_stock_that_was_changed_past_the_services_is_found() -> None:
    right, wrong = make_product(stock=3), make_product(stock=5)
    record = stock_record(wrong)
    Hold.objects.create(basket=make_basket(), stockrecord=record, quantity=1, until=now())

    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=7, num_allocated=1)

    assert differences() == [Difference(record.pk, (7, 5), (1, 0), (1, 0))]
    assert stock_record(right).free == 3


@pytest.mark.parametrize("column", ["in_stock_change", "allocated_change"])
def test_a_movement_cannot_be_changed(column: str) -> None:
    make_product(stock=3)

    with pytest.raises(Error, match="only ever added"), transaction.atomic():
        StockMovement.objects.update(**{column: 9})

    assert differences() == []


def test_a_movement_cannot_be_taken_away_alone() -> None:
    make_product(stock=3)

    with transaction.atomic():
        StockMovement.objects.all().delete()
        with pytest.raises(IntegrityError, match="cannot go before it"):
            connection.check_constraints()
        transaction.set_rollback(True)

    assert differences() == []


def test_a_movement_goes_with_its_stock_record_and_outlives_who_made_it() -> None:
    first, second = make_product(stock=3), make_product(stock=4)
    seller = User.objects.create_user("meera@example.org", "a long password")
    record = stock_record(second)
    set_free(record, free=2, version=record.version, by=seller, reason=Reason.EDIT)

    first.delete()
    seller.delete()
    connection.check_constraints()

    assert moved(record) == [("import", 4, 0), ("edit", -2, 0)]
    assert record.movements.filter(by=None).count() == 2
