"""Real threads on PostgreSQL: the last piece, the double click, the edit during a sale."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from time import sleep

import pytest
from django.db import connection, transaction

from storefront.basket.models import Basket
from storefront.basket.rules import ProblemCode
from storefront.checkout.services import BasketHasProblems, place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.partner.models import StockRecord
from storefront.stock.rules import Reason
from storefront.stock.services import StockChangedMeanwhile, set_free
from tests.factories.catalogue import make_product, stock_record
from tests.factories.purchase import make_basket, make_buyer, make_post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run the jobs in threads that start together; return their results or refusals."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return job()
        except (BasketHasProblems, StockChangedMeanwhile) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_the_last_two_pieces_go_to_two_of_eight_buyers() -> None:
    make_post()
    bowl = make_product(stock=2)
    buyer = make_buyer()

    def place(basket: Basket) -> Callable[[], object]:
        return lambda: place_order(basket, buyer=buyer, expected_total=None, now=now())

    places = [place(make_basket(bowl)) for _ in range(8)]

    results = at_once(*places)

    assert sum(isinstance(result, BasketHasProblems) for result in results) == 6
    assert Order.objects.count() == 2
    record = stock_record(bowl)
    assert (record.num_allocated, record.num_in_stock) == (2, 2)


def test_a_double_click_makes_one_order() -> None:
    make_post()
    basket, buyer = make_basket(make_product(stock=9)), make_buyer()

    def place() -> int:
        return place_order(basket, buyer=buyer, expected_total=None, now=now()).order.pk

    results = at_once(*[place] * 4)

    assert len(set(results)) == 1
    assert Order.objects.count() == 1


def test_two_baskets_with_the_same_pieces_in_other_order_do_not_block_each_other() -> None:
    make_post()
    one, two = make_product(sku="A", stock=9), make_product(sku="B", stock=9)
    there, back = make_basket(one, two), make_basket(two, one)
    buyer = make_buyer()

    at_once(
        lambda: place_order(there, buyer=buyer, expected_total=None, now=now()),
        lambda: place_order(back, buyer=buyer, expected_total=None, now=now()),
    )

    assert Order.objects.count() == 2


def test_of_a_sale_and_an_edit_at_once_neither_is_lost() -> None:
    make_post()
    lota = make_product(stock=5)
    basket, buyer, record = make_basket(lota), make_buyer(), stock_record(lota)

    results = at_once(
        lambda: place_order(basket, buyer=buyer, expected_total=None, now=now()),
        lambda: set_free(record, free=10, version=record.version, by=None, reason=Reason.EDIT),
    )

    after = stock_record(lota)
    refused = any(isinstance(result, StockChangedMeanwhile) for result in results)
    assert after.num_allocated == 1
    assert after.num_in_stock == (5 if refused else 10)


def wait_until_somebody_waits() -> None:
    """Return once another connection waits for a lock of this one."""
    waiting = "SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(waiting)
            if cursor.fetchone() != (0,):
                return
            sleep(0.01)
    raise AssertionError("nobody waits")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"price": Decimal(700)}, ProblemCode.PRICE_CHANGED),
        ({"num_allocated": 5}, ProblemCode.SOLD_OUT),
    ],
)
def test_who_waits_for_a_price_or_for_pieces_sees_what_they_became(
    change: dict[str, object], problem: ProblemCode
) -> None:
    make_post()
    lota, tray = make_product(sku="A", stock=5), make_product(sku="B", stock=5)
    basket, buyer = make_basket(lota, tray), make_buyer()

    def place() -> object:
        try:
            return place_order(basket, buyer=buyer, expected_total=None, now=now())
        except BasketHasProblems as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            StockRecord.objects.filter(pk=stock_record(tray).pk).update(**change)
            placed = pool.submit(place)
            wait_until_somebody_waits()
        refusal = placed.result()

    assert isinstance(refusal, BasketHasProblems)
    assert [line.problem for line in refusal.view.problems] == [problem]
    assert not Order.objects.exists()
