"""Taking pieces of a cash order back: the courier collects less, and cash goes back by bank."""

from decimal import Decimal

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.ledger.models import Journal
from storefront.ledger.queries import balances
from storefront.ledger.rules import Account
from storefront.order.models import Order
from storefront.order.rules import Asker, OrderState, Why
from storefront.order.services import Wish
from storefront.payment import services as payment
from storefront.payment.models import CashPart, Refund
from storefront.payment.rules import AttemptState, CashState, RefundState
from storefront.payment.services.audit import audit
from storefront.payment.services.cancel import cancel
from storefront.payment.services.plan import CashOnTheWay
from storefront.payment.services.trouble import paid_by_bank
from tests.factories.cash import confirm_cash, on_the_road, order_cash
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import make_shipped, part_of

pytestmark = pytest.mark.django_db


def wish(
    key: str = "k", *, pieces: dict[int, int] | None = None, asker: Asker = Asker.STAFF
) -> Wish:
    return Wish(key=key, asker=asker, why=Why.OTHER, pieces=pieces)


def test_a_cash_order_cancelled_before_it_leaves_owes_nobody_and_frees_its_pieces() -> None:
    lota = make_product(price="1000.00", stock=5)
    order = confirm_cash(order_cash(lota, quantity=2))

    cancel(order, wish=wish(asker=Asker.BUYER))

    assert Order.objects.get().status == OrderState.CANCELLED
    assert stock_record(lota).free == 5
    assert CashPart.objects.get().state == CashState.DROPPED
    assert order.attempts.get().state == AttemptState.FAILED
    assert not Refund.objects.exists()
    assert not Journal.objects.exists()
    assert list(audit(offline=True)) == []


def test_of_three_pieces_two_are_left_and_the_courier_collects_for_two() -> None:
    order = confirm_cash(order_cash(make_product(price="333.20", stock=5), quantity=3))
    line = order.lines.get()

    cancel(order, wish=wish(pieces={line.pk: 1}))
    part = make_shipped(part_of(order))
    fulfilment.collect(part, by=None, now=now())

    cash = CashPart.objects.get()
    assert (cash.due_paise, cash.amount_paise) == (72_640, 72_600)
    assert balances(order=order)[Account.COD_RECEIVABLE] == 72_600
    assert list(audit(offline=True)) == []


def test_a_refused_parcel_brings_back_only_what_was_sent() -> None:
    lota = make_product(price="300.00", stock=5)
    order = confirm_cash(order_cash(lota, quantity=3))
    cancel(order, wish=wish(pieces={order.lines.get().pk: 1}))
    assert stock_record(lota).free == 3

    fulfilment.take_back(make_shipped(part_of(order)), by=None, now=now())

    record = stock_record(lota)
    assert (record.num_in_stock, record.num_allocated) == (5, 0)
    assert list(audit(offline=True)) == []


def test_money_for_a_cash_order_that_was_cancelled_meanwhile_goes_back(
    stripe_double: OfflineStripe,
) -> None:
    order = confirm_cash(order_cash(make_product(price="1000.00", stock=5)))
    attempt = payment.page_to_pay(order, now=now())
    cancel(order, wish=wish(asker=Asker.BUYER))
    stripe_double.pay(attempt.provider_session or "")

    payment.sync(attempt)
    payment.send_refunds()

    assert Order.objects.get().status == OrderState.CANCELLED
    refund = Refund.objects.get()
    assert (refund.reason, refund.state) == ("not-needed", RefundState.SUCCEEDED)
    assert list(audit()) == []


def test_after_pieces_were_taken_back_the_rest_is_paid_at_the_door() -> None:
    order = confirm_cash(order_cash(make_product(price="300.00", stock=5), quantity=2))
    cancel(order, wish=wish(pieces={order.lines.get().pk: 1}))

    with pytest.raises(payment.NotPayable, match="Pieces were taken back"):
        payment.page_to_pay(order, now=now())


def test_while_the_courier_is_on_the_way_nothing_is_taken_back() -> None:
    cash = on_the_road(order_cash(make_product()))

    with pytest.raises(CashOnTheWay):
        cancel(cash.attempt.order, wish=wish())

    assert CashPart.objects.get().amount_paise == cash.amount_paise


def test_cash_that_was_collected_goes_back_by_bank_transfer() -> None:
    cash = on_the_road(order_cash(make_product(price="1000.40", stock=5)))
    order = cash.attempt.order
    fulfilment.collect(cash.seller_order, by=None, now=now())

    cancel(order, wish=wish())
    payment.send_refunds()

    refund = Refund.objects.get()
    assert (refund.amount_paise, refund.state) == (100_040, RefundState.REVIEW)
    assert list(audit(offline=True)) == []
    assert paid_by_bank(refund, now=now())
    assert Account.BUYER_MONEY not in balances(order=order)
    assert list(audit(offline=True)) == []


def test_parcels_paid_apart_are_taken_back_apart() -> None:
    order = confirm_cash(
        order_cash(
            make_product(price="1000.00", seller=make_seller("Brass One")),
            make_product(price="500.00", seller=make_seller("Bell Two")),
        )
    )
    parts = list(order.seller_orders.order_by("pk"))
    for part in parts:
        sent = make_shipped(part, tracking_number=f"EU{part.pk}IN")
        fulfilment.collect(sent, by=None, now=now())

    with pytest.raises(CashOnTheWay, match="one seller after the other"):
        cancel(order, wish=wish())
    cancel(order, wish=wish(pieces={parts[1].lines.get().pk: 1}))

    assert Refund.objects.get().charge == parts[1].number
    assert Refund.objects.get().amount_paise == int(Decimal("500.00") * 100)
    assert list(audit(offline=True)) == []
