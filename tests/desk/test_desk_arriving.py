"""The seller's desk says when a parcel counts as arrived, if its buyer says nothing."""

from datetime import UTC, datetime

import pytest

from storefront.core.clock import now
from storefront.fulfilment.services import say_arrived
from tests.factories.cash import on_the_road, order_cash
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order, make_shipped, part_of
from tests.factories.payouts import dispute, sell

pytestmark = pytest.mark.django_db


def page_of(part):
    return f"/seller/orders/{part.number}/"


def make_part(seat):
    return part_of(make_order(make_product(seller=seat.seller)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Counts as arrived on 12 December if the buyer says nothing."),
        ("hi", "ख़रीदार कुछ न बताए, तो 12 दिसंबर को पहुँचा हुआ माना जाएगा।"),
    ],
)
def test_a_parcel_on_its_way_says_when_it_counts_as_arrived(seat, language, text):
    part = make_shipped(make_part(seat))
    # Late on the 29th in London it is the 30th in India.
    part.parcels.update(shipped_at=datetime(2026, 11, 29, 20, 0, tzinfo=UTC))
    seat.client.cookies["django_language"] = language

    page = seat.client.get(page_of(part)).content.decode()

    assert text in page


def test_nothing_counts_as_arrived_before_it_left_or_when_it_has(seat):
    part = make_part(seat)
    before = seat.client.get(page_of(part)).context["arrives_text"]
    say_arrived(make_shipped(part), by=None, now=now())

    after = seat.client.get(page_of(part))

    assert (before, after.context["arrives_text"]) == ("", "")
    assert "Arrived" in after.content.decode()


def test_what_a_bank_asks_about_or_is_paid_at_the_door_does_not_count_by_itself(seat):
    asked = make_shipped(part_of(sell(make_product(seller=seat.seller))))
    dispute(asked)
    order = order_cash(make_product(seller=seat.seller))
    cash = on_the_road(order, number="EU2IN").seller_order

    pages = [seat.client.get(page_of(part)) for part in (asked, cash)]

    assert [page.context["arrives_text"] for page in pages] == ["", ""]
