"""The ground of a schedule: the double in this process, and a database that forgets."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from fixtures.stripe_double import control, webhooks
from fixtures.stripe_double.double import Double, Settings
from fixtures.stripe_double.errors import Json
from fixtures.stripe_double.store import Query
from storefront.core.clock import now
from storefront.payment.models import PaymentTerms
from tests.factories.catalogue import make_seller
from tests.factories.purchase import make_post

SECRET = "whsec_zila_offline"


class Ground:
    """What all schedules of a run stand on; `forget` makes it as it was in the beginning."""

    def __init__(self, folder: Path) -> None:
        self.double = Double(Settings(data=folder, public_url="http://127.0.0.1:9"))
        self.offset = timedelta()
        self.tally: Counter[str] = Counter()
        make_post()
        self.seller = make_seller()
        PaymentTerms.objects.create(
            valid_from=date(2026, 1, 1), cash_most=5000, cash_fee=30, strikes_allowed=9
        )
        self._first = set(_full_tables())

    def forget(self) -> None:
        """Empty what a schedule wrote, here and at the provider."""
        written = [table for table in _full_tables() if table not in self._first]
        with connection.cursor() as cursor:
            cursor.execute(
                "BEGIN; SET LOCAL session_replication_role = replica;"
                + "".join(f"DELETE FROM {table};" for table in written)
                + "COMMIT"
            )
        self.double.reset()
        self.offset = timedelta()

    def now(self) -> datetime:
        """Return the time that the shop and the provider both have."""
        return now() + self.offset

    def wait(self, minutes: int) -> None:
        """Let time pass for both."""
        self.offset += timedelta(minutes=minutes)
        self.double.move_clock(offset=self.offset.total_seconds())

    def control(self, name: str, **values: Any) -> Json | None:
        """Do what banks, buyers and people in the dashboard do; nothing if it is not possible."""
        body = json.dumps(values).encode()
        status, told = control.answer(self.double, "POST", f"/_t/{name}", body)
        return told if status < 400 else None

    def there(self, kind: str) -> list[Json]:
        """Return all things of a kind at the provider, the oldest first."""
        with self.double.store.lock:
            return self.double.store.all_of(kind)[::-1]

    def has(self, kind: str, *, status: str = "") -> bool:
        """Return whether there is a thing of a kind, and of a status, at the provider."""
        query = Query(kind, limit=0)
        if status:
            query.where("json_extract(body, '$.status') = ?", status)
        with self.double.store.lock:
            return bool(self.double.store.rows(query))

    def signed(self, event: Json) -> tuple[bytes, str]:
        """Return an event as it is delivered: body and signature."""
        body = webhooks.payload_of(event)
        return body, webhooks.signature(body, SECRET, at=int(time.time()))


def _full_tables() -> list[str]:
    names = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    asked = " UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]


def picked(things: Sequence[Any], number: int) -> Any:
    """Return the thing of a number, counted from the newest, and round again."""
    return things[-1 - number % len(things)]
