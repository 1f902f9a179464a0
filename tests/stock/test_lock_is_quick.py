"""Every order waits for the rows it locks, so PostgreSQL must find them by their index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.stock.services import lock
from tests.factories.catalogue import make_product, stock_record
from tests.factories.purchase import make_basket

pytestmark = pytest.mark.django_db


def test_locking_reads_no_other_rows() -> None:
    lota = make_product()
    basket = make_basket(lota)

    with CaptureQueriesContext(connection) as asked:
        locked = lock([stock_record(lota).pk], baskets=[basket.pk])
    statement = next(each["sql"] for each in asked if "FOR UPDATE" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a table of one row is read whole
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert len(locked) == 1
    # Asked "is it one of these, or one of those", PostgreSQL asks it of each row there is.
    assert "SubPlan" not in plan
    assert "Seq Scan on partner_stockrecord" not in plan
