"""Every order waits for the rows it locks, so PostgreSQL must find them by their index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.basket.services import lines_to_order
from storefront.core.clock import now
from storefront.stock.services import lock
from tests.factories.catalogue import make_product, stock_record
from tests.factories.purchase import make_basket

pytestmark = pytest.mark.django_db


def plan_of_lock(asked: CaptureQueriesContext) -> str:
    """Return how PostgreSQL goes about the statement that locks."""
    statement = next(each["sql"] for each in asked if "FOR UPDATE" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a table of one row is read whole
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())


def test_locking_reads_no_other_rows() -> None:
    lota = make_product()
    basket = make_basket(lota)

    with CaptureQueriesContext(connection) as asked:
        locked = lock([stock_record(lota).pk], baskets=[basket.pk])
    plan = plan_of_lock(asked)

    assert len(locked) == 1
    # Asked "is it one of these, or one of those", PostgreSQL asks it of each row there is.
    assert "SubPlan" not in plan
    assert "Seq Scan on partner_stockrecord" not in plan


def test_a_baskets_lines_lock_their_stock_in_pk_order_and_read_no_other_rows() -> None:
    lota, tray = make_product(sku="A"), make_product(sku="B")
    basket = make_basket(tray, lota)

    with CaptureQueriesContext(connection) as asked:
        lines = lines_to_order(basket, now=now())
    plan = plan_of_lock(asked)

    assert [line.product for line in lines] == [tray, lota]
    assert "Seq Scan on partner_stockrecord" not in plan
    # The last thing it does: whatever brings the lines into order comes before.
    assert plan.startswith("LockRows")
