"""What the books say after money came, went, came back and paid a sale."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.ledger.models import Journal
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account
from storefront.order.models import SellerOrder
from storefront.order.rules import Asker, Why
from storefront.order.services import Wish, cancel_unpaid, lock_order
from storefront.payment import services as payment
from storefront.payment.models import MoneyMovement
from tests.factories.catalogue import make_product, make_seller
from tests.factories.purchase import make_basket, make_buyer, make_post
from tests.payment.steps import attempt_of, place

pytestmark = pytest.mark.django_db
# 2 % of ₹1,060 is ₹21.20, and 18 % GST on that ₹3.82.
FEE = 2_502


@pytest.fixture(autouse=True)
def _double(stripe_double: OfflineStripe) -> None:
    make_post()


def pay(stripe_double: OfflineStripe, placed: Placed, **how: Any) -> None:
    stripe_double.pay(attempt_of(placed).provider_session or "", **how)
    payment.sync(attempt_of(placed))


def kinds() -> list[str]:
    return list(Journal.objects.order_by("pk").values_list("kind", flat=True))


def test_a_paid_order_is_sold_and_the_fee_is_the_shops(stripe_double: OfflineStripe) -> None:
    placed = place()

    pay(stripe_double, placed)
    payment.sync(attempt_of(placed))

    assert kinds() == ["money-in", "fee", "sale"]
    assert balances(order=placed.order) == {
        Account.GATEWAY_CLEARING: 106_000 - FEE,
        Account.GATEWAY_FEE: FEE,
        Account.SELLER_PAYABLE: -106_000,
    }


def test_each_seller_is_owed_goods_and_delivery_of_their_part(stripe_double: OfflineStripe) -> None:
    one, two = make_seller("One"), make_seller("Two")
    basket = make_basket(
        make_product(seller=one, sku="A", price="1000.00"),
        make_product(seller=two, sku="B", price="250.50"),
    )
    placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
    assert placed.attempt is not None
    payment.open_page(placed.attempt)

    pay(stripe_double, placed)

    assert (owed_to(one), owed_to(two)) == (106_000, 31_050)
    assert Account.BUYER_MONEY not in balances(order=placed.order)


def test_money_that_pays_nothing_is_the_buyers_until_it_is_back(
    stripe_double: OfflineStripe,
) -> None:
    bowl = make_product(price="1000.00", stock=1)
    late = place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())
    assert late.attempt is not None
    payment.open_page(late.attempt)
    cancel_unpaid(lock_order(late.order.pk), reason="not paid in time")
    place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())

    pay(stripe_double, late)

    assert balances()[Account.BUYER_MONEY] == -106_000
    payment.send_refunds()
    assert kinds() == ["money-in", "fee", "money-out"]
    assert balances() == {Account.GATEWAY_CLEARING: -FEE, Account.GATEWAY_FEE: FEE}


def test_a_refund_that_comes_back_is_owed_again(stripe_double: OfflineStripe) -> None:
    placed = place()
    pay(stripe_double, placed)
    charge = MoneyMovement.objects.get(kind="capture").reference
    refund = stripe_double.dashboard_refund(charge=charge, amount=6_000)
    payment.sync(attempt_of(placed))
    stripe_double.refund_fails(refund["id"])

    payment.sync(attempt_of(placed))

    assert kinds()[-1] == "money-in"
    assert balances()[Account.GATEWAY_CLEARING] == 106_000 - FEE
    source = placed.order.sources.get()
    assert (source.amount_debited, source.amount_refunded) == (1060, 0)


def test_a_revived_order_is_sold_once_and_its_sale_is_undone_once(
    stripe_double: OfflineStripe,
) -> None:
    placed = place()
    stripe_double.pay(attempt_of(placed).provider_session or "")
    cancel_unpaid(lock_order(placed.order.pk), reason="not paid in time")

    payment.sync(attempt_of(placed))
    assert kinds() == ["money-in", "fee", "sale"]
    wish = Wish(key="once", asker=Asker.BUYER, why=Why.OTHER)
    payment.cancel(placed.order, wish=wish)
    payment.cancel(placed.order, wish=wish)

    assert kinds()[-2:] == ["sale", "sale-undone"]
    assert owed_to(SellerOrder.objects.get().seller) == 0
    assert balances()[Account.BUYER_MONEY] == -106_000


@pytest.mark.parametrize(
    "statement",
    ["UPDATE payment_moneymovement SET amount_paise = 1", "DELETE FROM payment_moneymovement"],
)
def test_money_rows_are_only_ever_added(stripe_double: OfflineStripe, statement: str) -> None:
    pay(stripe_double, place())

    with (
        pytest.raises(DatabaseError, match="rows of payment_moneymovement are only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert sorted(MoneyMovement.objects.values_list("amount_paise", flat=True)) == [-FEE, 106_000]


def test_the_sweep_books_like_a_message(stripe_double: OfflineStripe) -> None:
    placed = place()
    stripe_double.pay(attempt_of(placed).provider_session or "")

    payment.sweep(now=now() + timedelta(hours=1))

    assert kinds() == ["money-in", "fee", "sale"]
