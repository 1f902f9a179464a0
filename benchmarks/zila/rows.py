"""
Write the rows of one order again and again with nothing but the database driver: the limit.

`python -m benchmarks.inside benchmarks.zila.rows NUMBER` copies an order, any one, so many times:
the same locks, inserts and updates in one transaction each. Says that it is ready, begins when it
reads a line, and answers with JSON.
"""

import json
import secrets
import sys
import time
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from benchmarks.zila.placing import WARMING
from storefront.order.models import Order

Link = psycopg.Connection[dict[str, Any]]
LOCK = "SELECT * FROM partner_stockrecord WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
TAKE = """
    UPDATE partner_stockrecord SET num_in_stock = num_in_stock + 1,
        num_allocated = num_allocated + 1, version = version + 1 WHERE id = ANY(%s)
"""


def main(words: list[str]) -> None:
    """Learn, wait, write."""
    # Not the same for each process: they would wait for each other's stock rows.
    order = Order.objects.order_by("?").first()
    assert order is not None, "place an order first"
    known = connection.get_connection_params()
    known.pop("cursor_factory", None)
    known.pop("context", None)
    with psycopg.connect(**known, row_factory=dict_row, autocommit=True) as link:
        pattern = Pattern(link, order.pk)
        for _ in range(WARMING):
            pattern.write()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        taken = []
        begin = time.perf_counter()
        for _ in range(int(words[0])):
            before = time.perf_counter()
            pattern.write()
            taken.append((time.perf_counter() - before) * 1000)
        json.dump({"seconds": time.perf_counter() - begin, "taken": taken}, sys.stdout)


class Pattern:
    """All rows of one order, as they were written."""

    def __init__(self, link: Link, order: int) -> None:
        self._link = link
        self._order = self._rows("order_order", "id", order)
        self._address = self._rows(
            "order_shippingaddress", "id", self._order[0]["shipping_address_id"]
        )
        self._parts = self._rows("order_sellerorder", "order_id", order)
        self._lines = self._rows("order_line", "order_id", order)
        self._attempt = self._rows("payment_paymentattempt", "order_id", order)[:1]
        self._moves = self._rows("stock_stockmovement", "reference", self._order[0]["number"])
        self._stock = sorted(row["stockrecord_id"] for row in self._lines)

    def write(self) -> None:
        """Write the order once more, in one transaction."""
        number = f"ZK-{secrets.token_hex(5)}"
        with self._link.transaction():
            self._link.execute(LOCK, [self._stock], prepare=True)
            self._link.execute(TAKE, [self._stock], prepare=True)
            [address] = self._insert("order_shippingaddress", self._address)
            fresh = {"number": number, "token": secrets.token_hex(16), "basket_id": None}
            [order] = self._insert("order_order", self._order, shipping_address_id=address, **fresh)
            parts = [row | {"number": f"{number}-{n}"} for n, row in enumerate(self._parts)]
            made = self._insert("order_sellerorder", parts, order_id=order)
            lines = [
                row | {"seller_order_id": part}
                for row, part in zip(self._lines, made, strict=False)
            ]
            self._insert("order_line", lines, order_id=order)
            self._insert("stock_stockmovement", self._moves, reference=number)
            asked = {"request": Jsonb(self._attempt[0]["request"]), "provider_session": None}
            attempt = self._attempt[0] | asked | {"id": uuid4()}
            self._insert("payment_paymentattempt", [attempt], order_id=order, keep_id=True)

    def _rows(self, table: str, column: str, value: object) -> list[dict[str, Any]]:
        asked = sql.SQL("SELECT * FROM {} WHERE {} = %s ORDER BY id").format(
            sql.Identifier(table), sql.Identifier(column)
        )
        return self._link.execute(asked, [value]).fetchall()

    def _insert(
        self, table: str, rows: list[dict[str, Any]], *, keep_id: bool = False, **same: object
    ) -> list[Any]:
        """Insert rows by one statement that the server has prepared; return their ids."""
        columns = [name for name in rows[0] if keep_id or name != "id"]
        row = f"({', '.join(['%s'] * len(columns))})"
        names = ", ".join(f'"{name}"' for name in columns)
        statement = (
            f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * len(rows))} RETURNING id"
        )
        values = [(each | same)[name] for each in rows for name in columns]
        return [each["id"] for each in self._link.execute(statement, values, prepare=True)]
