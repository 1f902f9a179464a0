"""A cancelled order and a new one at once: baskets and stock are locked in one order."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.checkout.services import BasketHasProblems, place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from tests.factories.catalogue import make_product, stock_record
from tests.factories.orders import cancel_order
from tests.factories.purchase import make_buyer, make_post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


@pytest.mark.parametrize("round_", range(4))
def test_cancelling_one_order_while_the_next_is_placed_neither_blocks_nor_loses(
    round_: int,
) -> None:
    make_post()
    lota = make_product(stock=9)
    user = User.objects.create_user(f"u{round_}@example.org", "a long password")
    buyer = make_buyer(user=user)

    def filled() -> Basket:
        basket = baskets.ensure_basket(user=user, token="")
        baskets.add(basket, product_id=lota.pk, quantity=2)
        return basket

    first = place_order(filled(), buyer=buyer, expected_total=None, now=now()).order
    second, barrier = filled(), Barrier(2)

    def at_once(what: str) -> str:
        barrier.wait()
        try:
            if what == "cancel":
                return cancel_order(first).status
            return place_order(second, buyer=buyer, expected_total=None, now=now()).order.status
        except (baskets.BasketIsClosed, BasketHasProblems):
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        cancelled, placed = pool.map(at_once, ["cancel", "place"])

    assert (cancelled, placed) == (OrderState.CANCELLED, OrderState.PENDING_PAYMENT)
    assert Order.objects.filter(status=OrderState.PENDING_PAYMENT).count() == 1
    assert stock_record(lota).free == 7
