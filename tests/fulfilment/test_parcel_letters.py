"""What a buyer is told of a parcel: packed, arrived; each once."""

from datetime import timedelta

import pytest
from django.core import mail

from storefront.core.clock import now
from storefront.fulfilment import services
from tests.factories.cash import on_the_road, order_cash
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order, make_shipped, part_of

pytestmark = pytest.mark.django_db


def subjects() -> list[str]:
    return [letter.subject for letter in mail.outbox]


def test_a_packed_part_is_told_once_with_the_day_it_leaves_by() -> None:
    part = part_of(make_order(make_product()))
    mail.outbox.clear()

    services.pack(part, by=None)
    services.pack(part, by=None)

    assert subjects() == [f"A parcel of order {part.order.number} is packed"]
    assert f"leaves by {part.dispatch_by.day} " in mail.outbox[0].body


def test_a_parcel_that_arrived_is_told_once_with_what_to_do_if_it_is_bad() -> None:
    part = make_shipped(part_of(make_order(make_product(), language="hi")))
    mail.outbox.clear()

    services.say_arrived(part, by=None, now=now())
    services.say_arrived(part, by=None, now=now())
    services.deliver(part, by=None, now=now())

    assert subjects() == [f"ऑर्डर {part.order.number} का एक पार्सल पहुँच गया"]
    assert "टूटी निकली" in mail.outbox[0].body
    assert "मान रहे हैं" not in mail.outbox[0].body


def test_what_only_counts_as_arrived_is_told_as_that() -> None:
    make_shipped(part_of(make_order(make_product())))
    mail.outbox.clear()

    services.count_as_arrived(now=now() + timedelta(days=13))

    [letter] = mail.outbox
    assert "It left 12 days ago and you told us nothing else" in letter.body


def test_a_parcel_paid_at_the_door_is_told_once_too() -> None:
    cash = on_the_road(order_cash(make_product()))
    mail.outbox.clear()

    services.collect(cash.seller_order, by=None, now=now())
    services.collect(cash.seller_order, by=None, now=now())

    number = cash.seller_order.order.number
    assert subjects() == [f"A parcel of order {number} has arrived"]
