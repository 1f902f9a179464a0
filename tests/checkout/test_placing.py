"""Placing an order: once, with everything frozen, and never more than there is."""

from decimal import Decimal

import pytest

from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.basket.queries import basket_view
from storefront.catalogue import services as catalogue
from storefront.checkout.services import (
    BasketHasProblems,
    BasketIsEmpty,
    CannotDeliver,
    TotalChanged,
    place_order,
)
from storefront.core.clock import now
from storefront.order.models import Order, SellerOrder
from storefront.order.rules import OrderState
from storefront.partner.rules import SellerKind
from storefront.stock.models import StockMovement
from tests.factories.catalogue import make_product, make_seller, make_state, stock_record
from tests.factories.purchase import make_basket, make_buyer, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()


def test_an_order_of_two_sellers_has_a_part_for_each_and_takes_the_stock() -> None:
    lota = make_product(price="1000.00", stock=5, seller=make_seller("Brass One"))
    bell = make_product(price="250.00", stock=9, seller=make_seller("Bell Two"), sku="BELL")
    basket = make_basket(lota, bell, quantity=2)

    placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())

    order = Order.objects.get(pk=placed.order.pk)
    assert order.status == OrderState.PENDING_PAYMENT
    assert order.total_incl_tax == Decimal("2620.00")  # 2 × 1,000 + 2 × 250 + 2 × 60
    parts = SellerOrder.objects.filter(order=order).order_by("pk")
    assert [part.items_total for part in parts] == [Decimal("2000.00"), Decimal("500.00")]
    assert [part.shipping_charge for part in parts] == [Decimal("60.00"), Decimal("60.00")]
    assert stock_record(lota).num_allocated == 2
    assert stock_record(bell).free == 7
    assert Basket.objects.get(pk=basket.pk).status == Basket.FROZEN


def test_tax_is_split_in_halves_inside_the_state_and_whole_across_states() -> None:
    lota = make_product(price="1050.00", hsn="7418")
    home = make_basket(lota)
    away = make_basket(lota)

    in_up = place_order(home, buyer=make_buyer(), expected_total=None, now=now()).order
    delhi = make_buyer(state=make_state("07"), pin="110001", town="Delhi")
    in_delhi = place_order(away, buyer=delhi, expected_total=None, now=now()).order

    one, other = in_up.lines.get(), in_delhi.lines.get()
    assert (one.cgst, one.sgst, one.igst) == (Decimal("56.25"), Decimal("56.25"), Decimal(0))
    assert (other.cgst, other.sgst, other.igst) == (Decimal(0), Decimal(0), Decimal("112.50"))
    assert one.taxable + one.cgst + one.sgst == Decimal("1050.00")
    assert in_delhi.shipping_incl_tax == Decimal("90.00")


def test_asked_twice_the_same_order_comes_back() -> None:
    basket = make_basket(make_product())

    first = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
    again = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())

    assert again.order == first.order
    assert again.attempt == first.attempt
    assert Order.objects.count() == 1


def test_the_last_piece_cannot_be_ordered_from_two_baskets() -> None:
    bowl = make_product(stock=1, is_one_of_a_kind=True)
    mine, yours = make_basket(bowl), make_basket(bowl)
    place_order(mine, buyer=make_buyer(), expected_total=None, now=now())

    with pytest.raises(BasketHasProblems) as refusal:
        place_order(yours, buyer=make_buyer(), expected_total=None, now=now())

    assert [line.problem for line in refusal.value.view.problems] == ["sold-out"]
    assert Order.objects.count() == 1
    assert stock_record(bowl).num_allocated == 1
    assert Basket.objects.get(pk=yours.pk).status == Basket.OPEN


def test_an_empty_basket_cannot_be_ordered() -> None:
    basket = baskets.ensure_basket(user=None, token="")

    with pytest.raises(BasketIsEmpty):
        place_order(basket, buyer=make_buyer(), expected_total=None, now=now())


def test_a_withdrawn_product_is_named_before_any_money() -> None:
    lota = make_product()
    basket = make_basket(lota)
    catalogue.withdraw(lota)

    with pytest.raises(BasketHasProblems):
        place_order(basket, buyer=make_buyer(), expected_total=None, now=now())

    assert [line.problem for line in basket_view(basket).problems] == ["withdrawn"]
    assert stock_record(lota).num_allocated == 0


def test_a_total_that_the_buyer_did_not_see_is_refused() -> None:
    basket = make_basket(make_product(price="1000.00"))

    with pytest.raises(TotalChanged, match="₹1,060"):
        place_order(basket, buyer=make_buyer(), expected_total=Decimal("1.00"), now=now())

    assert Order.objects.count() == 0


def test_an_enrolled_seller_cannot_sell_out_of_the_state() -> None:
    seller = make_seller("Small Workshop", kind=SellerKind.ENROLLED)
    basket = make_basket(make_product(seller=seller))
    delhi = make_buyer(state=make_state("07"), pin="110001", town="Delhi")

    with pytest.raises(CannotDeliver, match="Small Workshop"):
        place_order(basket, buyer=delhi, expected_total=None, now=now())

    assert Order.objects.count() == 0


def test_an_enrolled_seller_charges_no_tax() -> None:
    seller = make_seller("Small Workshop", kind=SellerKind.ENROLLED)
    basket = make_basket(make_product(price="500.00", seller=seller))

    line = place_order(basket, buyer=make_buyer(), expected_total=None, now=now()).order.lines.get()

    assert (line.taxable, line.cgst, line.igst) == (Decimal("500.00"), Decimal(0), Decimal(0))


def test_every_change_of_stock_has_a_row_and_the_rows_add_up() -> None:
    lota = make_product(stock=5)
    place_order(make_basket(lota, quantity=3), buyer=make_buyer(), expected_total=None, now=now())

    record = stock_record(lota)
    rows = StockMovement.objects.filter(stockrecord=record)
    assert sum(row.in_stock_change for row in rows) == record.num_in_stock == 5
    assert sum(row.allocated_change for row in rows) == record.num_allocated == 3


def test_placing_ten_lines_stays_within_the_budget(django_assert_max_num_queries) -> None:
    sellers = [make_seller(f"Seller {n}") for n in range(3)]
    products = [make_product(sku=f"P{n}", seller=sellers[n % 3]) for n in range(10)]
    basket = make_basket(*products)

    with django_assert_max_num_queries(60):
        place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
