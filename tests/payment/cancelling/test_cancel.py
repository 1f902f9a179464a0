"""Taking pieces of a paid order back: what comes back, to whom, and what adds up then."""

from decimal import Decimal

import pytest
from oscar.apps.voucher.models import Voucher

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account
from storefront.order.models import StateChange
from storefront.order.rules import Asker, OrderState, SellerOrderState, Why
from storefront.payment import services as payment
from storefront.payment.models import RefundLine
from storefront.payment.services.outside import allot
from storefront.stock.models import StockMovement
from tests.factories.catalogue import make_product, stock_record
from tests.factories.orders import make_order, make_shipped
from tests.payment.cancelling.steps import (
    Bought,
    buy_both,
    cancel,
    check_books,
    given_back,
    refunds,
    wish,
)
from tests.payment.faults.money import hear
from tests.payment.steps import attempt_of

TOTAL = 357_000


def amounts(bought: Bought) -> list[tuple[str, int, Decimal, Decimal]]:
    """Return what went back for which pieces."""
    rows = RefundLine.objects.filter(refund__order=bought.placed.order).order_by("pk")
    return [(row.line.title, row.quantity, row.amount, row.shipping) for row in rows]


def test_the_worked_example_of_the_docs(double: OfflineStripe) -> None:
    bought = buy_both(double)
    lotas = bought.line(bought.lotas).pk
    dupatta = bought.line(bought.dupatta).pk

    for pieces in ({lotas: 1}, {lotas: 1}, {dupatta: 1}, {lotas: 1}):
        cancel(bought, pieces=pieces)
        bought.look()
        check_books()

    assert amounts(bought) == [
        ("Brass lota", 1, Decimal("680.29"), Decimal("0.00")),
        ("Brass lota", 1, Decimal("680.28"), Decimal("0.00")),
        ("Dupatta", 1, Decimal("1409.15"), Decimal("60.00")),
        ("Brass lota", 1, Decimal("680.28"), Decimal("60.00")),
    ]
    assert refunds(bought) == [
        (68_029, "succeeded"),
        (68_028, "succeeded"),
        (146_915, "succeeded"),
        (74_028, "succeeded"),
    ]
    assert given_back(bought) == TOTAL


def test_a_whole_order_that_is_cancelled_leaves_nothing_behind(double: OfflineStripe) -> None:
    bought = buy_both(double)

    cancel(bought)
    bought.look()

    order = bought.order
    assert order.status == OrderState.CANCELLED
    assert refunds(bought) == [(TOTAL, "succeeded")]
    moves = StateChange.objects.filter(order=order, new="cancelled").order_by("pk")
    assert [(move.old, bool(move.seller_order_id), move.reason) for move in moves] == [
        ("accepted", True, "buyer: other"),
        ("accepted", True, "buyer: other"),
        ("confirmed", False, "buyer: other"),
    ]
    assert (owed_to(bought.brass), owed_to(bought.cloth)) == (0, 0)
    assert Account.BUYER_MONEY not in balances(order=order)
    for product in (bought.lotas, bought.dupatta):
        assert stock_record(product).free == 5
    reasons = StockMovement.objects.filter(reference=order.number).values_list("reason", flat=True)
    assert sorted(reasons) == ["release", "release", "sale", "sale"]
    check_books()


def test_a_voucher_can_be_used_again_only_once_nothing_is_left_of_its_order(
    double: OfflineStripe,
) -> None:
    bought = buy_both(double)
    lotas = bought.line(bought.lotas).pk

    cancel(bought, pieces={lotas: 3})
    used_then = Voucher.objects.get().num_orders
    cancel(bought)

    assert used_then == 1
    voucher = Voucher.objects.get()
    assert (voucher.num_orders, voucher.total_discount) == (0, 0)
    assert voucher.applications.count() == 0
    assert bought.order.status == OrderState.CANCELLED


def test_one_sellers_part_goes_and_the_other_is_sent(double: OfflineStripe) -> None:
    bought = buy_both(double)

    cancel(bought, Asker.SELLER, seller=bought.brass, why=Why.CANNOT_SEND)
    bought.look()
    cloth = make_shipped(bought.part(bought.cloth))
    fulfilment.deliver(cloth, by=None, now=now())

    assert bought.part(bought.brass).state == SellerOrderState.CANCELLED
    assert bought.part(bought.cloth).state == SellerOrderState.DELIVERED
    assert bought.order.status == OrderState.CONFIRMED
    assert refunds(bought) == [(210_085, "succeeded")]
    assert owed_to(bought.brass) == 0
    check_books()


@pytest.mark.parametrize("why", [Why.SOLD_OUT, Why.BROKEN])
def test_pieces_that_are_not_there_go_to_nobody_else(double: OfflineStripe, why: Why) -> None:
    bought = buy_both(double)

    cancel(bought, Asker.SELLER, seller=bought.brass, why=why)

    record = stock_record(bought.lotas)
    assert (record.num_in_stock, record.num_allocated) == (2, 0)
    rows = record.movements.order_by("pk").values_list("reason", "in_stock_change")
    assert list(rows)[-2:] == [("release", 0), ("damage", -3)]
    check_books()


def test_a_parcel_takes_only_what_is_left_and_earns_only_that(double: OfflineStripe) -> None:
    bought = buy_both(double)
    lotas = bought.line(bought.lotas)

    cancel(bought, pieces={lotas.pk: 2})
    fulfilment.deliver(make_shipped(bought.part(bought.brass)), by=None, now=now())
    bought.look()

    record = stock_record(bought.lotas)
    assert (record.num_in_stock, record.num_allocated) == (4, 0)
    # ₹680.28 and ₹60 delivery, less 10 %, 18 % of that, 0.5 % of ₹607.39 and 0.1 %.
    assert balances(order=bought.order)[Account.COMMISSION] == -6_803
    assert owed_to(bought.brass) == 74_028 - 6_803 - 1_225 - 304 - 68
    check_books()


def test_pieces_paid_back_after_delivery_give_the_commission_back_too(
    double: OfflineStripe,
) -> None:
    bought = buy_both(double)
    lotas = bought.line(bought.lotas).pk
    fulfilment.deliver(make_shipped(bought.part(bought.brass)), by=None, now=now())
    assert balances(order=bought.order)[Account.COMMISSION] == -20_409

    cancel(bought, Asker.STAFF, pieces={lotas: 1}, why=Why.FAULTY)
    bought.look()

    assert balances(order=bought.order)[Account.COMMISSION] == -13_606
    assert refunds(bought) == [(68_029, "succeeded")]
    check_books()

    cancel(bought, Asker.STAFF, pieces={lotas: 2}, why=Why.FAULTY)
    bought.look()

    assert Account.COMMISSION not in balances(order=bought.order)
    assert refunds(bought)[1] == (136_056 + 6_000, "succeeded")
    assert owed_to(bought.brass) == 0
    assert bought.part(bought.brass).state == SellerOrderState.DELIVERED
    check_books()


@pytest.mark.parametrize(
    ("why", "delivery", "in_stock"),
    [(Why.BUYER_ASKED, 0, 2), (Why.NOT_ARRIVED, 6_000, 2), (Why.CAME_BACK, 0, 5)],
)
def test_delivery_comes_back_after_it_only_where_it_was_none(
    double: OfflineStripe, why: Why, delivery: int, in_stock: int
) -> None:
    bought = buy_both(double)
    make_shipped(bought.part(bought.brass))
    lotas = bought.line(bought.lotas).pk

    cancel(bought, Asker.STAFF, pieces={lotas: 3}, why=why)
    bought.look()

    assert refunds(bought) == [(204_085 + delivery, "succeeded")]
    assert stock_record(bought.lotas).num_in_stock == in_stock
    check_books()


def test_an_order_nobody_paid_online_is_cancelled_without_a_refund(
    double: OfflineStripe,
) -> None:
    lota = make_product(stock=5)
    order = make_order(lota, quantity=2)

    payment.cancel(order, wish=wish())

    order.refresh_from_db()
    assert order.status == OrderState.CANCELLED
    assert order.refunds.count() == 0
    assert stock_record(lota).free == 5
    assert balances(order=order) == {}


@pytest.mark.parametrize("is_allotted", [False, True])
def test_what_went_back_in_the_dashboard_is_not_paid_back_again(
    double: OfflineStripe, is_allotted: bool
) -> None:
    bought = buy_both(double)
    double.dashboard_refund(session=attempt_of(bought.placed).provider_session, amount=10_000)
    hear(double)
    if is_allotted:
        allot(bought.order.refunds.get(), part=bought.part(bought.brass), now=now())
    check_books()

    cancel(bought, Asker.SELLER, seller=bought.brass)
    bought.look()
    check_books()
    cancel(bought, Asker.SELLER, seller=bought.cloth)
    bought.look()

    assert given_back(bought) == TOTAL
    assert (owed_to(bought.brass), owed_to(bought.cloth)) == (0, 0)
    assert Account.GOODWILL not in balances(order=bought.order)
    assert Account.BUYER_MONEY not in balances(order=bought.order)
    check_books()


def test_what_is_allotted_after_the_cancellation_is_borne_by_nobody(
    double: OfflineStripe,
) -> None:
    bought = buy_both(double)
    double.dashboard_refund(session=attempt_of(bought.placed).provider_session, amount=10_000)
    hear(double)
    external = bought.order.refunds.get()
    cancel(bought)
    bought.look()

    allot(external, part=bought.part(bought.cloth), now=now())

    assert given_back(bought) == TOTAL
    assert owed_to(bought.cloth) == 0
    check_books()
