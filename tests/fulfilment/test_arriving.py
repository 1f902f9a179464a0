"""A parcel that was paid online arrives by its buyer's word, or by nobody's for twelve days."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from storefront.accounts.models import User
from storefront.config.management.commands.run_clock import duties
from storefront.core.clock import now
from storefront.fulfilment import services
from storefront.fulfilment.models import Parcel
from storefront.fulfilment.rules import counts_as_arrived_at
from storefront.ledger.models import Entry
from storefront.ledger.queries import owed_to
from storefront.ledger.rules import JournalKind
from storefront.order.models import Order, SellerOrder, StateChange
from storefront.order.rules import Asker, SellerOrderState, Why
from storefront.order.services import Wish
from storefront.partner.services import load_rates
from storefront.payment import services as payment
from storefront.payment.models import Dispute, Refund
from storefront.payment.rules import DisputeState
from storefront.payouts import services as payouts
from tests.factories.cash import confirm_cash, on_the_road, order_cash
from tests.factories.catalogue import make_product, make_seller
from tests.factories.orders import make_shipped, part_of
from tests.factories.payouts import dispute, make_clerk, sell
from tests.partner.test_terms import RATES

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=12)
# 10 % of ₹1,000, 18 % GST on that, TCS on ₹892.86, TDS
KEPT = 10_000 + 1_800 + 446 + 100


def send(order: Order, number: str = "EU123456789IN") -> SellerOrder:
    return make_shipped(part_of(order), tracking_number=number)


@pytest.fixture
def part() -> SellerOrder:
    """A piece of ₹1,000 that was paid online and is on its way."""
    load_rates(RATES)
    return send(sell(make_product(price="1000.00")))


def arrivals_of(part: SellerOrder) -> list[tuple[str, int | None]]:
    """Return why and by whom a part was said to have arrived."""
    moves = StateChange.objects.filter(seller_order=part, new=SellerOrderState.DELIVERED)
    return list(moves.values_list("reason", "by"))


def kept_of(part: SellerOrder) -> list[int]:
    """Return what was booked as kept back of a part's seller, in paise."""
    rows = Entry.objects.filter(
        journal__order=part.order, journal__kind=JournalKind.EARNED, seller=part.seller
    )
    return list(rows.values_list("amount_paise", flat=True))


def test_a_parcel_counts_as_arrived_so_many_days_after_it_left() -> None:
    left = datetime.fromisoformat("2026-11-30T09:15:00+05:30")

    assert counts_as_arrived_at(left, days=12) == left.replace(month=12, day=12)


def test_the_buyers_word_books_what_the_seller_earned_once(part: SellerOrder) -> None:
    buyer = User.objects.create_user("asha@example.org")

    first = services.say_arrived(part, by=buyer, now=now())
    again = services.say_arrived(part, by=None, now=now())

    assert (first.state, again.state) == ("delivered", "delivered")
    assert arrivals_of(part) == [("the buyer said so", buyer.pk)]
    assert kept_of(part) == [KEPT]
    assert owed_to(part.seller) == Decimal("936.54") * 100


def test_a_closed_part_has_arrived_already(part: SellerOrder) -> None:
    services.say_arrived(part, by=None, now=now())
    services.close(part, now=now())

    again = services.say_arrived(part, by=None, now=now())

    assert again.state == "closed"
    assert len(arrivals_of(part)) == 1


def test_with_the_word_the_days_begin_after_which_the_seller_is_paid(part: SellerOrder) -> None:
    clerk = make_clerk("maker")
    services.say_arrived(part, by=None, now=now())

    with pytest.raises(payouts.NothingToPay):
        payouts.draft_batch(by=clerk, now=now() + timedelta(days=6))
    batch = payouts.draft_batch(by=clerk, now=now() + timedelta(days=7, minutes=1))

    assert [payout.amount for payout in batch.payouts.all()] == [Decimal("936.54")]


def test_what_was_not_sent_or_was_cancelled_cannot_have_arrived() -> None:
    packed = services.pack(part_of(sell(make_product())), by=None)
    gone = part_of(sell(make_product()))
    wish = Wish(key="gone", asker=Asker.STAFF, why=Why.BUYER_ASKED)
    payment.cancel(gone.order, wish=wish)

    for each, words in ((packed, "has not left yet"), (gone, "was cancelled")):
        with pytest.raises(services.NotNow, match=words):
            services.say_arrived(each, by=None, now=now())

    assert (arrivals_of(packed), arrivals_of(gone)) == ([], [])


def test_of_a_parcel_with_cash_to_collect_the_courier_says_it() -> None:
    part = on_the_road(order_cash(make_product())).seller_order

    with pytest.raises(services.NotNow, match="when the courier has taken your cash"):
        services.say_arrived(part, by=None, now=now())
    counted = services.count_as_arrived(now=now() + 2 * DAYS)

    assert counted == 0
    assert part_of(part.order).state == SellerOrderState.SHIPPED


def test_of_an_order_paid_online_instead_of_cash_the_buyer_says_it(stripe_double: Any) -> None:
    order = confirm_cash(order_cash(make_product()))
    attempt = payment.page_to_pay(order, now=now())
    stripe_double.pay(attempt.provider_session or "")
    payment.sync(attempt)

    services.say_arrived(send(order), by=None, now=now())

    assert part_of(order).state == SellerOrderState.DELIVERED


@pytest.mark.parametrize("state", [DisputeState.WARNING, DisputeState.OPEN, DisputeState.LOST])
def test_what_a_bank_asks_about_waits_until_a_person_lets_it_go(
    part: SellerOrder, state: DisputeState
) -> None:
    asked = dispute(part, state=state)

    with pytest.raises(services.NotNow, match="is being questioned"):
        services.say_arrived(part, by=None, now=now())
    assert services.count_as_arrived(now=now() + DAYS) == 0
    assert (arrivals_of(part), kept_of(part)) == ([], [])
    Dispute.objects.filter(pk=asked.pk).update(released_at=now())

    assert services.count_as_arrived(now=now() + DAYS) == 1


def test_while_a_refund_waits_for_a_second_person_nothing_counts_as_arrived(
    part: SellerOrder, settings: Any
) -> None:
    settings.REFUND_ALONE_UP_TO = Decimal(0)
    wish = Wish(key="lost", asker=Asker.STAFF, why=Why.NOT_ARRIVED, by=make_clerk("one"))
    payment.cancel(part.order, wish=wish)

    with pytest.raises(services.NotNow, match="is being questioned"):
        services.say_arrived(part, by=None, now=now())
    assert services.count_as_arrived(now=now() + DAYS) == 0
    payment.decline_refund(Refund.objects.get(), by=make_clerk("two"))

    assert services.say_arrived(part, by=None, now=now()).state == "delivered"


def test_twelve_days_without_a_word_count_as_arrived_and_say_why(part: SellerOrder) -> None:
    left = part.parcels.get().shipped_at

    early = services.count_as_arrived(now=left + DAYS - timedelta(seconds=1))
    counted = services.count_as_arrived(now=left + DAYS)
    again = services.count_as_arrived(now=left + DAYS)

    assert (early, counted, again) == (0, 1, 0)
    assert arrivals_of(part) == [("no word for 12 days", None)]
    assert kept_of(part) == [KEPT]


def test_the_days_are_a_setting(part: SellerOrder, settings: Any) -> None:
    settings.ARRIVED_AFTER_DAYS = 3

    counted = services.count_as_arrived(now=part.parcels.get().shipped_at + timedelta(days=3))

    assert counted == 1
    assert arrivals_of(part) == [("no word for 3 days", None)]


def test_what_the_buyer_said_is_not_counted_again(part: SellerOrder) -> None:
    services.say_arrived(part, by=None, now=now())

    assert services.count_as_arrived(now=now() + DAYS) == 0
    assert arrivals_of(part) == [("the buyer said so", None)]


def test_a_part_of_which_something_leaves_only_later_is_left_as_it_is(part: SellerOrder) -> None:
    Parcel.objects.create(
        seller_order=part,
        carrier="DTDC",
        tracking_number="D1",
        shipped_at=now() + DAYS + timedelta(days=1),
    )

    assert services.count_as_arrived(now=now() + DAYS) == 0
    assert part_of(part.order).state == "shipped"


def test_no_more_are_counted_at_once_than_the_clock_has_time_for(monkeypatch: Any) -> None:
    product = make_product(stock=9, seller=make_seller())
    parts = [send(sell(product), f"EU{number}IN") for number in range(3)]
    monkeypatch.setattr("storefront.fulfilment.services.arriving.AT_ONCE", 2)

    first = services.count_as_arrived(now=now() + DAYS)
    states = [part_of(part.order).state for part in parts]
    then = services.count_as_arrived(now=now() + DAYS)

    assert (first, then) == (2, 1)
    assert states == ["delivered", "delivered", "shipped"]


def test_one_part_that_cannot_be_done_does_not_keep_the_others_waiting(caplog: Any) -> None:
    bad, good = (send(sell(make_product()), f"EU{number}IN") for number in range(2))
    bad.lines.update(quantity=0)  # which no service writes, and of which nothing can be worked out

    counted = services.count_as_arrived(now=now() + DAYS)

    assert counted == 1
    assert part_of(bad.order).state == "shipped"
    assert part_of(good.order).state == "delivered"
    assert f"Part {bad.pk} stays" in caplog.text


def test_the_clock_counts_them_every_five_minutes(part: SellerOrder) -> None:
    part.parcels.update(shipped_at=now() - DAYS)
    duty = next(duty for duty in duties() if duty.name == "count parcels as arrived")

    duty.do(now())

    assert arrivals_of(part) == [("no word for 12 days", None)]
    assert duty.every == 300
