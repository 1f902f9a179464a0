"""What a statement says of each order, to the paisa, and in how many queries."""

from decimal import Decimal
from typing import Any

import pytest

from storefront.core.clock import now
from storefront.order.rules import Why
from storefront.payouts import services as payouts
from storefront.payouts.models import Payout
from storefront.payouts.queries import payouts_of, statements
from storefront.payouts.rules import Item, PayoutState
from tests.factories.catalogue import make_product, make_seller
from tests.factories.payouts import (
    bring,
    make_clerk,
    make_draft,
    make_exported,
    make_owed,
    pay,
    sell,
    take_back,
)

pytestmark = pytest.mark.django_db


def test_the_worked_example_of_the_docs_adds_up_to_the_paisa() -> None:
    seller = make_seller()
    first = make_owed(seller)
    pay(make_exported().payouts.get())
    take_back(first)
    second = make_owed(seller, price="2000.00")
    payout = make_draft().payouts.get()

    statement = statements([payout])[payout.pk]

    told = [(row.number, row.amounts, row.total) for row in statement.rows]
    assert told == [
        (
            first.number,
            {
                Item.TAKEN_BACK: -106_000,
                Item.COMMISSION: 10_000,
                Item.COMMISSION_GST: 1_800,
                Item.TCS: 446,
                Item.TDS: 100,
            },
            Decimal("-936.54"),
        ),
        (
            second.number,
            {
                Item.SOLD: 206_000,
                Item.COMMISSION: -20_000,
                Item.COMMISSION_GST: -3_600,
                Item.TCS: -892,
                Item.TDS: -200,
            },
            Decimal("1813.08"),
        ),
    ]
    assert payout.amount == Decimal("876.54")
    assert statement.of(*Item) == payout.amount
    assert statement.of(Item.COMMISSION, Item.TDS) == Decimal("-101.00")


def test_delivery_stays_the_sellers_when_only_the_piece_comes_back() -> None:
    part = make_owed()
    take_back(part, why=Why.BUYER_ASKED)
    make_owed(part.seller)
    payout = make_draft().payouts.get()

    [row, _] = statements([payout])[payout.pk].rows

    kept = {item: paise for item, paise in row.amounts.items() if paise}
    assert kept == {Item.SOLD: 106_000, Item.TAKEN_BACK: -100_000}


def test_a_sellers_statement_has_nothing_of_the_other_sellers_of_an_order() -> None:
    brass, cloth = make_seller("Brass"), make_seller("Cloth")
    order = sell(
        make_product(seller=brass, price="1000.00"), make_product(seller=cloth, price="2000.00")
    )
    parts = {seller.pk: bring(order, seller) for seller in (brass, cloth)}
    found = list(make_draft().payouts.order_by("seller"))

    told = statements(found)

    for payout in found:
        [row] = told[payout.pk].rows
        assert row.number == parts[payout.seller_id].number
        assert row.total == payout.amount


@pytest.mark.parametrize("count", [1, 3])
def test_statements_take_three_queries_however_many(
    count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_owed(make_seller(f"Seller {number}"))
    found = list(make_draft().payouts.order_by("pk"))

    with django_assert_num_queries(3):
        told = statements(found)

    assert [len(told[payout.pk].rows) for payout in found] == [1] * count


def test_a_seller_sees_no_draft_and_nobody_elses() -> None:
    brass, cloth = make_seller("Brass"), make_seller("Cloth")
    make_owed(brass)
    batch = make_draft()
    assert not payouts_of(brass).exists()

    second = make_clerk("second")
    payouts.approve(batch, by=second, now=now())
    payouts.export(batch, by=second, now=now())

    assert list(payouts_of(brass)) == [Payout.objects.get()]
    assert not payouts_of(cloth).exists()


def test_what_was_taken_out_before_the_bank_had_it_is_no_payout_to_the_seller() -> None:
    seller = make_seller()
    make_owed(seller)
    batch = make_draft()
    payouts.decline(batch, reason="Wrong", by=batch.made_by, now=now())

    assert batch.payouts.get().state == PayoutState.FAILED
    assert not payouts_of(seller).exists()
