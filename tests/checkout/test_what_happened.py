"""What a buyer reads of what happened to each part of an order, and how a parcel is followed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.order.models import Order, SellerOrder
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import cancel_order, make_order, make_shipped, part_of

pytestmark = pytest.mark.django_db
# Late on the 29th in London it is the 30th in India.
LATE = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)


def page_of(client: Client, order: Order, language: str = "en") -> str:
    return client.get(f"/{language}/orders/{order.token}/").content.decode()


def events(page: str) -> list[list[tuple[str, str]]]:
    """Return what happened and when, a list for each part."""
    lists = re.findall(r'<ol class="timeline">(.*?)</ol>', page, re.DOTALL)
    event = re.compile(r'<li>([^<]+)<br><span class="small muted">([^<]+)</span></li>')
    return [event.findall(each) for each in lists]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                ("Arrived", "30 November 2026, 01:30"),
                ("Handed to the carrier", "30 November 2026, 01:30"),
                ("Packed", "30 November 2026, 01:30"),
                ("Confirmed", "30 November 2026, 01:30"),
            ],
        ),
        (
            "hi",
            [
                ("पहुँच गया", "30 नवंबर 2026, 01:30"),
                ("कूरियर को दिया", "30 नवंबर 2026, 01:30"),
                ("पैक हुआ", "30 नवंबर 2026, 01:30"),
                ("पक्का", "30 नवंबर 2026, 01:30"),
            ],
        ),
    ],
)
def test_what_happened_to_a_part_stands_there_the_newest_first_by_indias_clock(
    client: Client, language: str, told: list[tuple[str, str]]
) -> None:
    part = make_shipped(part_of(make_order(make_product())))
    fulfilment.deliver(part, by=None, now=now())
    part.moves.update(at=LATE)

    assert events(page_of(client, part.order, language)) == [told]


def test_each_part_has_its_own_events(client: Client) -> None:
    brass, clay = make_product(seller=make_seller()), make_product(seller=make_seller())
    order = make_order(brass, clay)
    make_shipped(part_of(order, stock_record(brass).partner))

    told = [[what for what, _when in part] for part in events(page_of(client, order))]

    assert told == [["Handed to the carrier", "Packed", "Confirmed"], ["Confirmed"]]


def test_an_order_that_waits_for_payment_has_no_events_and_one_given_up_says_so(
    client: Client,
) -> None:
    order = make_order(make_product(), is_paid=False)
    waiting = page_of(client, order)
    cancel_order(order)

    assert "What happened" not in waiting
    assert [[what for what, _when in part] for part in events(page_of(client, order))] == [
        ["Cancelled"]
    ]


def send_with(part: SellerOrder, carrier: str) -> SellerOrder:
    fulfilment.pack(part, by=None)
    fulfilment.ship(part, carrier=carrier, tracking_number="A-1/2", by=None, now=now())
    return part


def test_a_parcel_with_a_known_carrier_can_be_followed(client: Client) -> None:
    part = send_with(part_of(make_order(make_product())), "delhivery")

    page = unescape(page_of(client, part.order))

    link = '<a href="https://www.delhivery.com/track/package/A-1%2F2" rel="noreferrer">'
    assert f"{link}Follow the parcel</a>" in page


def test_a_parcel_with_anybody_else_has_its_number_and_no_link(client: Client) -> None:
    part = send_with(part_of(make_order(make_product())), "Ramu's tempo")

    page = unescape(page_of(client, part.order))

    assert "Ramu's tempo, tracking number A-1/2" in page
    assert "Follow the parcel" not in page


def test_the_events_cost_one_query_and_none_before_anything_happened(client: Client) -> None:
    waiting, paid = make_order(make_product(), is_paid=False), make_order(make_product())

    assert asking_for_moves(lambda: page_of(client, waiting)) == 0
    assert asking_for_moves(lambda: page_of(client, paid)) == 1


def asking_for_moves(look: Callable[[], str]) -> int:
    with CaptureQueriesContext(connection) as queries:
        look()
    return sum('FROM "order_statechange"' in each["sql"] for each in queries)
