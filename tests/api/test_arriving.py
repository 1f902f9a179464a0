"""Another front end: its buyer says that a part has arrived."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from storefront.ledger.models import Journal
from storefront.ledger.rules import JournalKind
from storefront.order.models import Order, SellerOrder
from storefront.partner.services import load_rates
from tests.api.conftest import Caller, Json
from tests.factories.cash import on_the_road, order_cash
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import make_order, make_shipped, part_of
from tests.factories.payouts import dispute, sell
from tests.partner.test_terms import RATES

pytestmark = pytest.mark.django_db


def say_arrived(api: Caller, part: SellerOrder, **headers: str) -> Any:
    return api.post(f"orders/{part.order.token}/parts/{part.number}/arrived", **headers)


def part_shown(api: Caller, order: Order, *, number: int = 0) -> Json:
    shown: Json = api.get(f"orders/{order.token}").json()["parts"][number]
    return shown


def test_the_buyers_word_moves_the_part_and_said_again_nothing_more(api: Caller) -> None:
    load_rates(RATES)
    part = make_shipped(part_of(sell(make_product())))

    first, again = say_arrived(api, part), say_arrived(api, part)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert first.json()["state"] == "delivered"
    assert first.json()["parts"][0]["state"] == "delivered"
    moves = part.moves.filter(new="delivered")
    assert list(moves.values_list("reason", "by")) == [("the buyer said so", None)]
    assert Journal.objects.filter(order=part.order, kind=JournalKind.EARNED).count() == 1


def test_a_part_on_its_way_says_when_it_counts_as_arrived_and_others_do_not(
    api: Caller,
) -> None:
    brass, clay = make_product(seller=make_seller()), make_product(seller=make_seller())
    order = make_order(brass, clay)
    part = make_shipped(part_of(order, stock_record(brass).partner))

    sent, packed = part_shown(api, order), part_shown(api, order, number=1)

    left = part.parcels.get().shipped_at
    counts = datetime.fromisoformat(sent["counts_as_arrived_at"])
    assert abs(counts - left - timedelta(days=12)) < timedelta(milliseconds=1)
    assert packed["counts_as_arrived_at"] is None


@pytest.mark.parametrize(
    ("language", "title", "detail"),
    [
        ("en", "Not possible with this parcel now", "This parcel has not left yet."),
        ("hi", "इस पार्सल के साथ अभी यह नहीं हो सकता", "यह पार्सल अभी नहीं निकला।"),
    ],
)
def test_what_was_not_sent_is_refused_in_the_readers_words(
    api: Caller, language: str, title: str, detail: str
) -> None:
    part = part_of(make_order(make_product()))

    answer = say_arrived(api, part, **{"accept-language": language})

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["code"], told["title"], told["detail"]) == ("part-not-ready", title, detail)
    assert part_of(part.order).state == "accepted"


def test_what_a_bank_asks_about_or_is_paid_at_the_door_is_refused(api: Caller) -> None:
    asked = make_shipped(part_of(sell(make_product())))
    dispute(asked)
    cash = on_the_road(order_cash(make_product()), number="EU2IN").seller_order

    answers = [say_arrived(api, part) for part in (asked, cash)]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [
        (409, "part-not-ready")
    ] * 2
    assert [part_of(part.order).state for part in (asked, cash)] == ["shipped", "shipped"]
    for part in (asked, cash):
        assert part_shown(api, part.order)["counts_as_arrived_at"] is None


def test_a_part_of_another_order_or_of_none_is_not_found(api: Caller) -> None:
    mine, theirs = make_order(make_product()), make_shipped(part_of(make_order(make_product())))

    answers = [
        api.post(f"orders/{mine.token}/parts/{theirs.number}/arrived"),
        api.post(f"orders/{mine.token}/parts/nothing/arrived"),
        api.post(f"orders/made-up/parts/{theirs.number}/arrived"),
    ]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [
        (404, "no-such-part"),
        (404, "no-such-part"),
        (404, "no-such-order"),
    ]
    assert part_of(theirs.order).state == "shipped"
