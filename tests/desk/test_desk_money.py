"""A seller's money at the desk: what is owed, when it comes, and every payout with its sums."""

from typing import Any

import pytest

from fixtures.clock import standing_at
from storefront.core.clock import now
from storefront.order.rules import Why
from storefront.partner.services import load_rates
from storefront.payouts import services as payouts
from storefront.payouts.rules import PayoutState
from tests.desk.conftest import Seat
from tests.factories.catalogue import make_product
from tests.factories.payouts import (
    LATER,
    bring,
    make_draft,
    make_exported,
    make_owed,
    pay,
    sell,
    take_back,
)
from tests.partner.test_terms import RATES

pytestmark = pytest.mark.django_db
PAGE = "/seller/money/"


@pytest.fixture(autouse=True)
def _rates(db: None) -> None:
    load_rates(RATES)


def page(seat: Seat, query: str = "", **how: Any) -> str:
    response = seat.client.get(f"{PAGE}{query}", **how)
    assert response.status_code == 200
    body: str = response.content.decode()
    return " ".join(body.split())


def sums(seat: Seat) -> list[str]:
    rows = seat.client.get(PAGE).context["sums"]
    return [row["text"] for row in rows]


def whens(seat: Seat) -> dict[str, str]:
    return {row["number"]: row["when_text"] for row in seat.client.get(PAGE).context["parts"]}


def test_a_new_seller_is_owed_nothing(seat: Seat) -> None:
    assert sums(seat) == ["₹0", "₹0", "₹0", "₹0"]
    assert "appears on this page as soon as it is paid" in page(seat)
    assert "Payouts begin at ₹100." in page(seat)


def test_each_part_says_when_its_money_comes(seat: Seat, settings: Any) -> None:
    product = make_product(seller=seat.seller, price="1000.00", stock=9)
    waiting, arrived = sell(product), bring(sell(product))

    told = whens(seat)

    assert told[waiting.seller_orders.get().number] == "7 days after it arrives"
    assert told[arrived.number].startswith("From ")
    assert sums(seat) == ["₹0", "₹0", "₹1,996.54", "₹1,996.54"]
    settings.PAYOUT_AFTER_DAYS = 0
    assert whens(seat)[arrived.number] == "In the next payout"
    assert sums(seat) == ["₹0", "₹936.54", "₹1,060", "₹1,996.54"]


def test_the_seller_is_told_that_somebody_is_asking(seat: Seat, settings: Any) -> None:
    part = make_owed(seat.seller)
    settings.REFUND_ALONE_UP_TO *= 0
    take_back(part)

    assert whens(seat)[part.number] == "Waits: the buyer or a bank is asking about it"


def test_a_draft_is_still_to_come_and_what_the_bank_has_is_on_its_way(seat: Seat) -> None:
    make_owed(seat.seller)
    batch = make_draft()
    with standing_at(now() + LATER):
        assert sums(seat) == ["₹0", "₹936.54", "₹0", "₹936.54"]
    payouts.decline(batch, reason="Wrong", by=batch.made_by, now=now())

    payout = make_exported().payouts.get()

    assert sums(seat) == ["₹936.54", "₹0", "₹0", "₹936.54"]
    assert whens(seat) == {}
    assert payout.number in page(seat, "?show=paid")


def test_what_was_taken_back_after_a_payout_is_told_as_taken_off(seat: Seat) -> None:
    part = make_owed(seat.seller)
    pay(make_exported().payouts.get())
    take_back(part)

    assert whens(seat) == {part.number: "Taken off the next payout"}
    assert sums(seat) == ["₹0", "₹0", "-₹936.54", "-₹936.54"]


def test_a_statement_has_every_deduction_of_every_order(seat: Seat) -> None:
    part = make_owed(seat.seller)
    payout = pay(make_exported().payouts.get(), utr="SBIN000000000001")

    body = page(seat, f"{payout.pk}/")

    for seen in (
        "<h1>₹936.54</h1>",
        "SBIN000000000001",
        f"/seller/orders/{part.number}/",
        "Goods and delivery</dt><dd>₹1,060.00",
        "Commission</dt><dd>-₹100.00",
        "GST on the commission</dt><dd>-₹18.00",
        "TCS (GST collected at source)</dt><dd>-₹4.46",
        "TDS (income tax deducted)</dt><dd>-₹1.00",
        "Together</dt><dd>₹936.54",
    ):
        assert seen in body


def test_a_statement_shows_what_the_buyer_got_back(seat: Seat) -> None:
    take_back(make_owed(seat.seller), why=Why.BUYER_ASKED)
    make_owed(seat.seller)
    payout = make_exported().payouts.get()

    assert "Given back to the buyer</dt><dd>-₹1,000.00" in page(seat, f"{payout.pk}/")


def test_a_payout_that_failed_says_why(seat: Seat) -> None:
    make_owed(seat.seller)
    payout = make_exported().payouts.get()
    by = payout.batch.made_by
    payouts.mark_failed(payout, reason="No <account>", seen=PayoutState.DUE, by=by, now=now())

    assert "No &lt;account&gt;" in page(seat, f"{payout.pk}/")
    assert sums(seat)[-1] == "₹936.54"


def test_the_pages_speak_hindi(seat: Seat) -> None:
    make_owed(seat.seller)
    payout = pay(make_exported().payouts.get())
    hindi = {"accept-language": "hi"}

    assert "आपका बाक़ी पैसा" in page(seat, headers=hindi)
    assert "कमीशन पर GST" in page(seat, f"{payout.pk}/", headers=hindi)


def test_drafts_are_nobodys_business(seat: Seat) -> None:
    make_owed(seat.seller)
    payout = make_draft().payouts.get()

    assert seat.client.get(f"{PAGE}{payout.pk}/").status_code == 404
    assert payout.number not in page(seat, "?show=paid")


def test_the_second_page_goes_on(seat: Seat) -> None:
    product = make_product(seller=seat.seller, price="1000.00", stock=30)
    for _ in range(21):
        sell(product)

    assert len(whens(seat)) == 20
    assert len(seat.client.get(f"{PAGE}?page=2").context["parts"]) == 1


@pytest.mark.parametrize(("query", "queries"), [("", 8), ("?show=paid", 10)])
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_one_as_for_three(
    seat: Seat, count: int, query: str, queries: int, django_assert_num_queries: Any
) -> None:
    product = make_product(seller=seat.seller, price="1000.00", stock=9)
    for _ in range(count):
        bring(sell(product))
        pay(make_exported().payouts.get())
        sell(product)

    with django_assert_num_queries(queries):
        seat.client.get(f"{PAGE}{query}")
