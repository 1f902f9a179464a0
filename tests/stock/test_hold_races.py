"""Real threads on PostgreSQL, fifty rounds each: no piece is sold twice, none is lost."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial

import pytest

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.catalogue.models import Product
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.services import Buyer
from storefront.stock.models import Hold
from storefront.stock.rules import Reason
from storefront.stock.services import Pieces, adjust, end_overdue, set_free, take
from tests.factories.catalogue import make_product, stock_record
from tests.factories.purchase import make_basket, make_buyer, make_post
from tests.rounds import ROUNDS, check_books, done, racing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


@pytest.fixture
def bowl() -> Product:
    make_post()
    return make_product(stock=0)


def buying(basket: Basket) -> Callable[[], Placed]:
    return partial(place_order, basket, buyer=lucknow(), expected_total=None, now=now())


@cache
def lucknow() -> Buyer:
    """Return the one guest who buys all of it, without asking the database each time."""
    return make_buyer()


def restock(product: Product, pieces: int = 1) -> None:
    """Let there be so many free pieces, whatever was sold before."""
    record = stock_record(product)
    set_free(record, free=pieces, version=record.version, by=None, reason=Reason.EDIT)


def test_of_two_buyers_of_one_piece_one_gets_it(bowl: Product) -> None:
    with racing(2) as race:
        for number in range(1, ROUNDS + 1):
            restock(bowl)
            mine, other = make_basket(bowl), make_basket(bowl)
            baskets.hold(mine, now=now()) if number % 2 else None

            results = race(buying(mine), buying(other))

            assert (done(results), Order.objects.count()) == (1, number)
            assert number % 2 == 0 or isinstance(results[0], Placed)
            assert stock_record(bowl).free == 0
    check_books()


def test_of_two_buyers_who_start_to_pay_at_once_one_keeps_the_piece(bowl: Product) -> None:
    with racing(2) as race:
        for _ in range(ROUNDS):
            restock(bowl)
            first, second = make_basket(bowl), make_basket(bowl)

            race(*(partial(baskets.hold, each, now=now()) for each in (first, second)))

            assert Hold.objects.count() == 1
            end_overdue(now=now() + timedelta(hours=1))
    check_books()


def test_two_hundred_buyers_get_fifty_pieces_and_not_one_more(bowl: Product) -> None:
    restock(bowl, 50)
    waiting = [make_basket(bowl) for _ in range(200)]

    results: list[object] = []
    with racing(8) as race:
        for start in range(0, 200, 8):
            results += race(*map(buying, waiting[start : start + 8]))

    record = stock_record(bowl)
    assert (done(results), Order.objects.count()) == (50, 50)
    assert (record.num_in_stock, record.num_allocated) == (50, 50)
    check_books()


def test_of_eight_who_take_at_once_just_as_many_succeed_as_there_are_pieces(
    bowl: Product,
) -> None:
    record = stock_record(bowl)
    with racing(8) as race:
        for number in range(1, ROUNDS + 1):
            restock(bowl, 3)

            results = race(*[partial(take, [Pieces(record.pk, 1)], reference="R")] * 8)

            assert done(results) == 3
            assert stock_record(bowl).num_allocated == 3 * number
    check_books()


def test_a_sellers_count_and_a_sale_at_once_lose_neither(bowl: Product) -> None:
    with racing(3) as race:
        for number in range(1, ROUNDS + 1):
            restock(bowl, 2)
            before, basket = stock_record(bowl), make_basket(bowl)

            results = race(
                buying(basket),
                partial(
                    set_free, before, free=7, version=before.version, by=None, reason=Reason.EDIT
                ),
                partial(adjust, Pieces(before.pk, 1), reason=Reason.RETURN),
            )

            after = stock_record(bowl)
            counted = 5 if done(results[1:2]) else 0
            assert isinstance(results[0], Placed)
            assert after.num_allocated == number
            assert after.num_in_stock == before.num_in_stock + counted + 1
    check_books()


def test_a_hold_that_ends_while_its_order_is_placed_is_freed_once(bowl: Product) -> None:
    with racing(3) as race:
        for number in range(1, ROUNDS + 1):
            restock(bowl)
            basket = make_basket(bowl)
            baskets.hold(basket, now=now() - timedelta(hours=1))
            rival = make_basket(bowl)

            results = race(buying(basket), partial(end_overdue, now=now()), buying(rival))

            assert Order.objects.count() == number
            assert done([results[0], results[2]]) == 1
            assert Hold.objects.count() == 0
            assert stock_record(bowl).free == 0
    check_books()


def test_the_same_basket_sent_twice_is_one_order(bowl: Product) -> None:
    with racing(3) as race:
        for number in range(1, ROUNDS + 1):
            restock(bowl, 2)
            basket = make_basket(bowl)
            baskets.hold(basket, now=now())

            first, second, _ = race(
                buying(basket), buying(basket), partial(baskets.hold, basket, now=now())
            )

            assert isinstance(first, Placed)
            assert isinstance(second, Placed)
            assert first.order == second.order
            assert Order.objects.count() == number
            assert (Hold.objects.count(), stock_record(bowl).free) == (0, 1)
    check_books()


def test_joining_paying_and_the_clock_at_once_do_not_block_each_other(bowl: Product) -> None:
    bell = make_product(stock=9)
    with racing(3) as race:
        for number in range(ROUNDS):
            restock(bowl, 5)
            restock(bell, 5)
            user = User.objects.create_user(f"u{number}@example.org", "a long password")
            mine = baskets.ensure_basket(user=user, token="")
            baskets.add(mine, product_id=bell.pk, quantity=1)
            guests, other = make_basket(bell, bowl), make_basket(bowl, bell)
            for each in (mine, guests, other):
                baskets.hold(each, now=now())

            results = race(
                partial(baskets.claim, user=user, token=guests.token),
                buying(other),
                partial(end_overdue, now=now() + timedelta(hours=1)),
            )

            assert done(results) == 3
            end_overdue(now=now() + timedelta(hours=1))
            assert (stock_record(bowl).free, stock_record(bell).free) == (4, 4)
    check_books()
