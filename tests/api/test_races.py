"""Two callers at once, with real threads on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from fixtures.stripe_double.runner import OfflineStripe
from storefront.order.models import Order
from tests.api.conftest import Caller, Json, order_of
from tests.factories.catalogue import make_product, stock_record

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.races,
    pytest.mark.usefixtures("post_office"),
]


def at_once(api: Caller, *bodies: Json) -> list[Any]:
    """Send the orders together under one key; return the answers."""
    barrier = Barrier(len(bodies))

    def send(body: Json) -> Any:
        try:
            barrier.wait()
            return api.order(body, key="one-key")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(send, bodies))


def test_the_same_order_sent_four_times_at_once_is_one_order(
    api: Caller, stripe_double: OfflineStripe
) -> None:
    lota = make_product(price="1000.00", stock=9)
    body = order_of(api.basket_of(lota.pk), "1060.00")

    answers = at_once(api, *[body] * 4)

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["token"] for answer in answers}) == 1
    assert len({answer.json()["payment"]["url"] for answer in answers}) == 1
    assert Order.objects.count() == 1
    assert stock_record(lota).num_allocated == 1


def test_of_two_orders_at_once_under_one_key_one_is_refused(
    api: Caller, stripe_double: OfflineStripe
) -> None:
    lota = make_product(price="1000.00", stock=9)
    bodies = [order_of(api.basket_of(lota.pk), "1060.00") for _ in range(2)]

    answers = at_once(api, *bodies)

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert Order.objects.count() == 1
    assert stock_record(lota).num_allocated == 1
