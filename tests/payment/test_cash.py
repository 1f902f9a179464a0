"""Paying at the door: promised, confirmed, collected, brought to the bank, or refused."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from storefront.core.clock import now
from storefront.core.machine import IllegalMove
from storefront.fulfilment import services as fulfilment
from storefront.fulfilment.services import NotNow
from storefront.ledger.models import Journal
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account
from storefront.order.models import Order, SellerOrder
from storefront.order.rules import OrderState, SellerOrderState
from storefront.partner.services import load_rates
from storefront.payment import services as payment
from storefront.payment.models import CashPart, CashPromise, MoneyMovement, Strike
from storefront.payment.rules import AttemptState, CashState, in_whole_rupees
from storefront.payment.services.audit import audit
from storefront.payment.services.collecting import NotRemitted, remit
from storefront.stock.models import StockMovement
from tests.factories.cash import confirm_cash, make_terms, on_the_road, order_cash
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import make_shipped, part_of
from tests.partner.test_terms import RATES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("dues", "collected"),
    [
        ([106_000], [106_000]),
        ([106_040], [106_000]),
        ([106_050], [106_100]),
        ([100_040, 50_040], [100_100, 50_000]),
        ([33_333, 33_333, 33_334], [33_300, 33_300, 33_400]),
        ([0, 50], [0, 100]),
        ([0, 0], [0, 0]),
    ],
)
def test_each_parcel_is_whole_rupees_and_all_together_are_the_rounded_total(
    dues: list[int], collected: list[int]
) -> None:
    assert in_whole_rupees(dues) == collected


def two_sellers() -> Order:
    """Order from two sellers for ₹1,060.40 and ₹560.20, delivery included."""
    return order_cash(
        make_product(price="1000.40", seller=make_seller("Brass One")),
        make_product(price="500.20", seller=make_seller("Bell Two")),
    )


def ship_all(order: Order) -> list[SellerOrder]:
    parts = list(order.seller_orders.order_by("pk"))
    return [make_shipped(part, tracking_number=f"EU{part.pk}IN") for part in parts]


def rows(order: Order) -> list[tuple[str, str, int]]:
    found = MoneyMovement.objects.filter(order=order).order_by("pk")
    return [(row.kind, row.reference[-1], row.amount_paise) for row in found]


def test_the_worked_example_of_the_docs_adds_up_to_the_paisa() -> None:
    load_rates(RATES)
    order = confirm_cash(two_sellers())
    assert order.total_incl_tax == Decimal("1620.60")
    first, second = ship_all(order)
    assert not Journal.objects.exists()

    fulfilment.collect(first, by=None, now=now())
    fulfilment.collect(second, by=None, now=now())
    remit([first, second], reference="UTR 4711", by=None, now=now())

    assert rows(order) == [
        ("cod_collected", "1", 106_100),
        ("rounded_up", "1", 60),
        ("cod_collected", "2", 56_000),
        ("rounded_down", "2", -20),
        ("cod_remitted", "1", 106_100),
        ("cod_remitted", "2", 56_000),
    ]
    books = balances(order=order)
    assert books[Account.BANK] == 162_100
    assert books[Account.ROUNDING] == -40
    assert Account.COD_RECEIVABLE not in books
    assert Account.BUYER_MONEY not in books
    # 10 % of ₹1,000.40, 18 % of that, 0.5 % of ₹893.21 and 0.1 % of ₹1,000.40.
    kept = 10_004 + 1_801 + 446 + 100
    assert owed_to(first.seller, order=order) == 106_040 - kept
    assert order.attempts.get().state == AttemptState.CAPTURED
    assert list(audit(offline=True)) == []


def test_a_confirmed_cash_order_is_seen_by_its_seller_and_owes_nobody_anything() -> None:
    order = confirm_cash(order_cash(make_product(price="1000.00")))

    assert order.status == OrderState.CONFIRMED
    assert part_of(order).state == SellerOrderState.ACCEPTED
    assert order.attempts.get().state == AttemptState.PROMISED
    assert balances(order=order) == {}
    assert list(audit(offline=True)) == []


def test_a_parcel_that_is_not_taken_comes_back_with_a_strike_and_no_line_in_the_books() -> None:
    lota = make_product(price="1000.00", stock=5)
    cash = on_the_road(order_cash(lota, quantity=2))
    assert stock_record(lota).num_in_stock == 3
    part = cash.seller_order

    fulfilment.take_back(part, by=None, now=now())
    fulfilment.take_back(part, by=None, now=now())

    assert stock_record(lota).num_in_stock == 5
    back = StockMovement.objects.get(reason="return")
    assert (back.in_stock_change, back.reference) == (2, part.number)
    strike = Strike.objects.get()
    assert (strike.email, strike.phone) == ("asha@example.org", "+919876543210")
    assert part_of(cash.attempt.order).state == SellerOrderState.CANCELLED
    assert cash.attempt.order.attempts.get().state == AttemptState.FAILED
    assert not Journal.objects.exists()
    assert list(audit(offline=True)) == []


def test_of_two_parcels_one_is_paid_and_the_other_refused() -> None:
    order = confirm_cash(two_sellers())
    first, second = ship_all(order)

    fulfilment.take_back(first, by=None, now=now())
    fulfilment.collect(second, by=None, now=now())

    assert order.attempts.get().state == AttemptState.CAPTURED
    assert owed_to(first.seller, order=order) == 0
    assert owed_to(second.seller, order=order) == 56_020
    assert list(audit(offline=True)) == []


def test_cash_is_collected_once_and_not_before_the_parcel_left() -> None:
    order = confirm_cash(order_cash(make_product(price="1000.00")))
    with pytest.raises(NotNow, match="was not sent yet"):
        fulfilment.collect(part_of(order), by=None, now=now())
    make_shipped(part_of(order))
    with pytest.raises(NotNow, match="whether the courier took the cash"):
        fulfilment.deliver(part_of(order), by=None, now=now())

    fulfilment.collect(part_of(order), by=None, now=now())
    fulfilment.collect(part_of(order), by=None, now=now())

    assert rows(order) == [("cod_collected", "1", 106_000)]
    assert part_of(order).state == SellerOrderState.DELIVERED
    with pytest.raises(NotNow, match="can come back"):
        fulfilment.take_back(part_of(order), by=None, now=now())


def test_a_prepaid_parcel_has_no_cash_to_collect() -> None:
    from tests.factories.orders import make_order

    part = make_shipped(part_of(make_order(make_product())))

    with pytest.raises(NotNow, match="not paid at the door"):
        fulfilment.collect(part, by=None, now=now())


def test_a_transfer_is_booked_once_and_only_for_what_was_collected() -> None:
    cash = on_the_road(order_cash(make_product(price="1000.00")))
    part = cash.seller_order
    with pytest.raises(NotRemitted, match="does not wait"):
        remit([part], reference="UTR1", by=None, now=now())
    fulfilment.collect(part, by=None, now=now())
    with pytest.raises(NotRemitted, match="bank's reference"):
        remit([part], reference="  ", by=None, now=now())

    assert remit([part], reference="UTR1", by=None, now=now()) == 1
    assert remit([part], reference="UTR1", by=None, now=now()) == 0
    with pytest.raises(NotRemitted):
        remit([part], reference="UTR2", by=None, now=now())

    assert [row[0] for row in rows(cash.attempt.order)] == ["cod_collected", "cod_remitted"]


def test_a_transfer_of_which_one_parcel_is_wrong_books_nothing() -> None:
    order = confirm_cash(two_sellers())
    first, second = ship_all(order)
    fulfilment.collect(first, by=None, now=now())

    with pytest.raises(NotRemitted):
        remit([first, second], reference="UTR1", by=None, now=now())

    assert CashPart.objects.get(seller_order=first).state == CashState.COLLECTED


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount_paise", 106_001),
        ("amount_paise", 106_100),
        ("state", "collected"),
        ("state", "remitted"),
    ],
)
def test_the_database_refuses_cash_that_cannot_be(column: str, value: Any) -> None:
    order_cash(make_product(price="1000.00"))

    with pytest.raises(IntegrityError), transaction.atomic():
        CashPart.objects.update(**{column: value})


def test_the_database_keeps_one_promise_an_order_and_counts_wrong_codes() -> None:
    order = order_cash(make_product())
    with pytest.raises(IntegrityError), transaction.atomic():
        CashPromise.objects.update(wrong_tries=6)
    attempt = order.attempts.get()
    attempt.pk, attempt.sequence = None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(force_insert=True)
    assert connection.is_usable()


def test_what_paying_at_the_door_costs_is_shared_among_the_parcels_and_goes_with_the_promise() -> (
    None
):
    make_terms(cash_fee=Decimal(50))
    order = two_sellers()
    fees = dict(CashPart.objects.values_list("seller_order__seller__name", "fee_paise"))
    order.refresh_from_db()
    assert fees == {"Brass One": 3_272, "Bell Two": 1_728}
    assert order.total_incl_tax == Decimal("1670.60")
    assert list(audit(offline=True)) == []

    payment.sweep(now=now() + timedelta(hours=1))

    order.refresh_from_db()
    assert order.total_incl_tax == Decimal("1620.60")
    assert list(audit(offline=True)) == []


def test_cash_moves_only_by_its_table() -> None:
    cash = on_the_road(order_cash(make_product()))
    fulfilment.take_back(cash.seller_order, by=None, now=now())

    with pytest.raises(NotNow, match="came back"):
        fulfilment.collect(cash.seller_order, by=None, now=now())
    from storefront.payment.services.collecting import note_refused

    with pytest.raises(IllegalMove):
        note_refused(CashPart.objects.get(), by=None)
