"""Every order waits for the rows it locks, so PostgreSQL must find them by their index."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.basket.models import Line
from storefront.stock.services import lock
from tests.factories.catalogue import make_product
from tests.factories.purchase import make_basket

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["numbers", "query"])
def test_locking_reads_no_other_rows(kind: str) -> None:
    basket = make_basket(make_product())
    rows: Any = Line.objects.filter(basket=basket).order_by().values_list("stockrecord_id")
    wanted = rows if kind == "query" else [number for (number,) in rows]

    with CaptureQueriesContext(connection) as asked:
        locked = lock(wanted, baskets=[basket.pk])
    statement = next(each["sql"] for each in asked if "FOR UPDATE" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a table of one row is read whole
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert len(locked) == 1
    # Asked "is it one of these, or one of those", PostgreSQL asks it of each row there is.
    assert "SubPlan" not in plan
    assert "Seq Scan on partner_stockrecord" not in plan
