"""Two taps at the same moment, with real threads on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from storefront.core.clock import now
from storefront.core.refusals import Refusal
from storefront.fulfilment import services
from storefront.fulfilment.models import Parcel
from tests.factories.catalogue import make_product, stock_record
from tests.factories.orders import make_order, part_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def ship_at_once(*sendings):
    """Send (part, tracking number) pairs together; return each parcel's number or refusal."""
    barrier = Barrier(len(sendings))

    def send(sending):
        part, number = sending
        try:
            barrier.wait()
            return services.ship(
                part, carrier="India Post", tracking_number=number, by=None, now=now()
            ).tracking_number
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sendings)) as pool:
        return list(pool.map(send, sendings))


def test_a_parcel_sent_four_times_at_once_leaves_once():
    product = make_product(stock=5)
    part = services.pack(part_of(make_order(product, quantity=2)), by=None)
    mail.outbox.clear()

    answers = ship_at_once(*[(part, "EU1")] * 4)

    assert answers == ["EU1"] * 4
    assert stock_record(product).num_in_stock == 3
    assert stock_record(product).num_allocated == 0
    assert len(mail.outbox) == 1


def test_of_two_numbers_at_once_for_one_parcel_one_counts():
    product = make_product(stock=5)
    part = services.pack(part_of(make_order(product)), by=None)

    answers = ship_at_once((part, "EU1"), (part, "EU2"))

    assert sorted(answers) in (["EU1", "part-not-ready"], ["EU2", "part-not-ready"])
    assert stock_record(product).num_in_stock == 4


def test_two_parcels_sent_at_once_cannot_get_one_number():
    product = make_product(stock=5)
    parts = [services.pack(part_of(make_order(product)), by=None) for _ in range(2)]

    answers = ship_at_once(*[(part, "EU1") for part in parts])

    assert sorted(answers) == ["EU1", "parcel-refused"]
    assert Parcel.objects.count() == 1
    assert stock_record(product).num_in_stock == 4
