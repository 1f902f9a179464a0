"""Pieces kept at the checkout: for one buyer, until a time, and never lost."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.basket.models import Line as BasketLine
from storefront.basket.queries import basket_view
from storefront.basket.rules import ProblemCode
from storefront.checkout.services import BasketHasProblems, place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.order.services import lock_order, revive
from storefront.stock.models import Hold, StockMovement
from storefront.stock.queries import differences
from storefront.stock.rules import Reason
from storefront.stock.services import end_overdue, set_free
from tests.factories.catalogue import make_product, stock_record
from tests.factories.orders import cancel_order
from tests.factories.purchase import make_basket, make_buyer, make_post

pytestmark = pytest.mark.django_db
TWO = datetime(2026, 11, 25, 8, 25, tzinfo=UTC)  # 13:55 in India
LATER = timedelta(minutes=11)


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()


def order(basket: Basket, *, at: datetime) -> Order:
    return place_order(basket, buyer=make_buyer(), expected_total=None, now=at).order


def held(basket: Basket) -> list[tuple[int, datetime]]:
    return list(basket.holds.order_by("pk").values_list("quantity", "until"))


def test_a_basket_at_the_checkout_keeps_its_pieces_for_ten_minutes() -> None:
    lota = make_product(stock=5)
    basket = make_basket(lota, quantity=2)

    baskets.hold(basket, now=TWO)

    record = stock_record(lota)
    assert held(basket) == [(2, TWO + timedelta(minutes=10))]
    assert (record.num_in_stock, record.num_allocated, record.free) == (5, 2, 3)
    assert record.held_until == TWO + timedelta(minutes=10)
    assert differences() == []


def test_coming_back_gives_the_whole_time_again_and_is_no_change_of_stock() -> None:
    lota = make_product(stock=5)
    basket = make_basket(lota, quantity=2)
    baskets.hold(basket, now=TWO)
    version = stock_record(lota).version

    baskets.hold(basket, now=TWO + timedelta(minutes=9))

    record = stock_record(lota)
    assert held(basket) == [(2, TWO + timedelta(minutes=19))]
    assert (record.held_until, record.version) == (TWO + timedelta(minutes=19), version)
    assert StockMovement.objects.filter(reason="hold").count() == 1


def test_the_buyers_own_hold_never_counts_against_the_buyer() -> None:
    bowl = make_product(stock=2)
    basket = make_basket(bowl)
    baskets.hold(basket, now=now())

    baskets.add(basket, product_id=bowl.pk, quantity=1)

    view = basket_view(basket)
    assert (view.lines[0].free, view.problems) == (2, ())
    assert [quantity for quantity, _ in held(basket)] == [2]


def test_others_cannot_have_what_is_kept_and_are_told_until_when() -> None:
    bowl = make_product(stock=1)
    mine, other = make_basket(bowl), make_basket(bowl)
    baskets.hold(mine, now=TWO)

    with pytest.raises(BasketHasProblems) as refused:
        order(other, at=TWO)

    problem = refused.value.view.problems[0]
    assert problem.problem == ProblemCode.HELD
    assert problem.problem_text == (
        "Somebody else is buying the last one. If they do not, you can have it after 14:05. "
        "Please come back then, or remove it."
    )
    assert Order.objects.count() == 0
    assert [quantity for quantity, _ in held(mine)] == [1]


def test_a_held_piece_cannot_be_added_and_says_until_when() -> None:
    bowl = make_product(stock=1)
    baskets.hold(make_basket(bowl), now=now())
    other = baskets.ensure_basket(user=None, token="")

    with pytest.raises(baskets.CannotAdd, match=r"In someone's basket until \d\d:\d\d"):
        baskets.add(other, product_id=bowl.pk, quantity=1)


def test_placing_turns_the_hold_into_a_sale() -> None:
    lota = make_product(stock=5)
    basket = make_basket(lota, quantity=2)
    baskets.hold(basket, now=TWO)

    placed = order(basket, at=TWO)

    record = stock_record(lota)
    assert (record.num_allocated, record.held_until, held(basket)) == (2, None, [])
    moved = record.movements.order_by("pk").values_list("reason", "allocated_change", "reference")
    name = f"basket {basket.pk}"
    assert list(moved) == [
        ("import", 0, ""),
        ("hold", 2, name),
        ("hold", -2, name),
        ("sale", 2, placed.number),
    ]
    assert differences() == []


def test_with_its_hold_over_an_order_still_goes_through_if_pieces_are_there() -> None:
    bowl = make_product(stock=1)
    basket = make_basket(bowl)
    baskets.hold(basket, now=TWO)
    assert end_overdue(now=TWO + LATER) == 1
    assert stock_record(bowl).free == 1

    order(basket, at=TWO + LATER)

    assert stock_record(bowl).num_allocated == 1
    assert differences() == []


def test_a_hold_that_is_over_gives_way_to_whoever_wants_the_piece() -> None:
    bowl = make_product(stock=1)
    slow, quick = make_basket(bowl), make_basket(bowl)
    baskets.hold(slow, now=TWO)

    order(quick, at=TWO + LATER)

    with pytest.raises(BasketHasProblems) as refused:
        order(slow, at=TWO + LATER)
    assert refused.value.view.problems[0].problem == ProblemCode.SOLD_OUT
    assert stock_record(bowl).num_allocated == 1
    assert differences() == []


def test_the_clock_ends_what_is_over_and_nothing_else_and_only_once() -> None:
    lota = make_product(stock=5)
    baskets.hold(make_basket(lota, quantity=2), now=TWO)
    baskets.hold(make_basket(lota, quantity=1), now=TWO + timedelta(minutes=5))

    ended = [end_overdue(now=TWO + LATER) for _ in range(2)]

    record = stock_record(lota)
    assert ended == [1, 0]
    assert (record.num_allocated, record.held_until) == (1, TWO + timedelta(minutes=15))
    assert differences() == []


@pytest.mark.parametrize(("quantity", "kept"), [(4, [4]), (1, [1]), (0, [])])
def test_the_hold_follows_its_line(quantity: int, kept: list[int]) -> None:
    lota = make_product(stock=5)
    basket = make_basket(lota, quantity=2)
    baskets.hold(basket, now=now())

    baskets.set_quantity(basket, line_id=basket_view(basket).lines[0].id, quantity=quantity)

    assert [pieces for pieces, _ in held(basket)] == kept
    assert stock_record(lota).num_allocated == quantity
    assert differences() == []


def test_a_basket_nobody_went_to_pay_keeps_nothing() -> None:
    lota = make_product(stock=5)

    baskets.set_quantity(make_basket(lota), line_id=BasketLine.objects.get().pk, quantity=3)

    assert Hold.objects.count() == 0


def test_of_a_line_that_cannot_be_had_in_full_what_there_is_is_kept() -> None:
    bowl = make_product(stock=3)
    first, second = make_basket(bowl, quantity=2), make_basket(bowl, quantity=3)
    baskets.hold(first, now=TWO)

    baskets.hold(second, now=TWO)

    assert [pieces for pieces, _ in held(second)] == [1]
    assert basket_view(second, now=TWO).problems[0].problem == ProblemCode.NOT_ENOUGH


def test_joined_baskets_join_their_holds() -> None:
    lota, bell = make_product(sku="A", stock=3), make_product(sku="B", stock=1)
    user = User.objects.create_user("u@example.org", "a long password")
    mine = baskets.ensure_basket(user=user, token="")
    baskets.add(mine, product_id=lota.pk, quantity=2)
    guests = make_basket(lota, bell)
    baskets.hold(guests, now=now())

    baskets.claim(user=user, token=guests.token)

    assert sorted(mine.holds.values_list("stockrecord__product", "quantity")) == [
        (lota.pk, 2),
        (bell.pk, 1),
    ]
    assert held(guests) == []
    assert basket_view(mine).problems == ()
    assert differences() == []


def test_a_cancelled_order_gives_its_pieces_back_and_its_basket_keeps_none() -> None:
    bowl = make_product(stock=1)
    basket = make_basket(bowl)
    baskets.hold(basket, now=TWO)

    cancel_order(order(basket, at=TWO))

    record = stock_record(bowl)
    assert (record.num_allocated, record.held_until, held(basket)) == (0, None, [])
    assert differences() == []


def test_late_money_finds_the_piece_that_its_own_buyer_keeps_again() -> None:
    bowl = make_product(stock=1)
    basket = make_basket(bowl)
    placed = cancel_order(order(basket, at=TWO))
    baskets.hold(basket, now=TWO)

    revive(lock_order(placed.pk), now=TWO)

    record = stock_record(bowl)
    assert Order.objects.get().status == OrderState.CONFIRMED
    assert (record.num_allocated, record.held_until, held(basket)) == (1, None, [])
    assert differences() == []


def test_a_sellers_edit_leaves_what_is_kept() -> None:
    lota = make_product(stock=5, price=Decimal(100))
    basket = make_basket(lota, quantity=2)
    baskets.hold(basket, now=TWO)
    record = stock_record(lota)

    set_free(record, free=0, version=record.version, by=None, reason=Reason.EDIT)

    after = stock_record(lota)
    assert (after.num_in_stock, after.num_allocated) == (2, 2)
    assert order(basket, at=TWO).lines.get().quantity == 2
    assert differences() == []


@pytest.mark.parametrize(
    ("change", "name"),
    [({"quantity": 0}, "stock_hold_has_pieces"), ({}, "stock_one_hold_a_basket_and_record")],
)
def test_the_database_refuses_an_empty_hold_and_a_second_one(
    change: dict[str, int], name: str
) -> None:
    basket = make_basket(make_product(stock=5))
    baskets.hold(basket, now=TWO)
    kept = Hold.objects.get()

    with pytest.raises(IntegrityError, match=name):
        Hold.objects.create(
            **{
                "basket": basket if not change else make_basket(),
                "stockrecord": kept.stockrecord,
                "quantity": 1,
                "until": TWO,
            }
            | change
        )
