"""Cash and card, code and sweep, at the same moment: real threads, fifty times each."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

from fixtures.stripe_double.runner import ControlError, OfflineStripe
from storefront.catalogue.models import Product
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment.models import CashPart, MoneyMovement, PaymentAttempt
from storefront.payment.queries import CASH, promised
from storefront.payment.rules import AttemptState, CashState
from storefront.payment.services.audit import audit
from tests.factories.cash import code_sent, confirm_cash, make_terms, order_cash
from tests.factories.catalogue import make_product, stock_record
from tests.factories.orders import make_shipped, part_of
from tests.factories.purchase import make_basket, make_buyer, make_post
from tests.rounds import ROUNDS, Race, check_books, racing

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lota(stripe_double: OfflineStripe) -> Product:
    make_post()
    make_terms()
    return make_product(price="1000.00", stock=9 * ROUNDS)


@pytest.fixture
def race() -> Iterator[Race]:
    with racing(2) as race:
        yield race


def attempted(job: Callable[[], object]) -> object:
    """Return what came of a job; a refusal is a result."""
    try:
        return job()
    except (payment.NotPayable, payment.CodeRefused, payment.GatewayDown) as refusal:
        return refusal


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def confirmations(order: Order) -> int:
    return order.moves.filter(seller_order=None, new=OrderState.CONFIRMED).count()


def test_a_code_typed_twice_at_once_confirms_once(lota: Product, race: Race) -> None:
    for _ in range(ROUNDS):
        order, code = order_cash(lota), code_sent()

        race(*[lambda o=order, c=code: payment.confirm_promise(o, code=c, now=now())] * 2)

        assert confirmations(order) == 1
    check_books()


def test_the_sweep_and_the_code_leave_an_order_confirmed_or_its_pieces_free(
    lota: Product, race: Race
) -> None:
    ends = set()
    for round_ in range(ROUNDS):
        order, code = order_cash(lota), code_sent()
        before = stock_record(lota).free
        # Both think that it is just before or just after the half hour.
        due: datetime = fresh(order).payable_until or now()
        typed = due - timedelta(seconds=1)

        race(
            lambda o=order, c=code, at=typed: attempted(
                lambda: payment.confirm_promise(o, code=c, now=at)
            ),
            lambda at=due: payment.sweep(now=at),
        )

        status = fresh(order).status
        ends.add(status)
        is_kept = status == OrderState.CONFIRMED
        assert confirmations(order) == is_kept, round_
        assert stock_record(lota).free == before + (not is_kept)
        state = CashState.TO_COLLECT if is_kept else CashState.DROPPED
        assert CashPart.objects.get(seller_order__order=order).state == state
    assert ends <= {OrderState.CONFIRMED, OrderState.CANCELLED}
    check_books()


def test_switching_to_cash_while_the_card_pays_ends_one_way_and_the_money_wins(
    lota: Product, race: Race, stripe_double: OfflineStripe
) -> None:
    for round_ in range(ROUNDS):
        basket = make_basket(lota)
        order = place_order(basket, buyer=make_buyer(), expected_total=None, now=now()).order
        attempt = order.attempts.get()
        payment.open_page(attempt)

        def pay(found: PaymentAttempt = attempt) -> object:
            try:
                stripe_double.pay(found.provider_session or "")
            except ControlError:  # the page was closed a moment before
                return "closed"
            return payment.sync(found)

        race(pay, lambda o=order: attempted(lambda: payment.pay_at_door(o, now=now())))
        payment.sync(attempt)

        money = MoneyMovement.objects.filter(order=order, kind="capture").count()
        found = fresh(order)
        if money:
            assert found.status == OrderState.CONFIRMED, round_
            assert promised(found) is None
            assert not found.refunds.exists()
        else:
            assert found.status == OrderState.PENDING_PAYMENT, round_
            assert promised(found) is not None
    assert list(audit()) == []


def test_paying_online_while_the_courier_collects_pays_once_and_gives_the_rest_back(
    lota: Product, race: Race, stripe_double: OfflineStripe
) -> None:
    for round_ in range(ROUNDS):
        order = confirm_cash(order_cash(lota))
        attempt = payment.page_to_pay(order, now=now())
        part = make_shipped(part_of(order), tracking_number=f"EU{round_}IN")
        stripe_double.pay(attempt.provider_session or "")

        race(
            lambda found=attempt: payment.sync(found),
            lambda sent=part: fulfilment.collect(sent, by=None, now=now()),
        )

        cash = CashPart.objects.get(seller_order=part)
        refund = order.refunds.get()
        assert cash.state == CashState.COLLECTED
        assert refund.reason == ("paid-twice" if cash.is_overpaid else "not-needed"), round_
        state = AttemptState.EXPIRED if cash.is_overpaid else AttemptState.CAPTURED
        assert order.attempts.get(provider=CASH).state == state
    assert list(audit()) == []
    connection.close()


def test_of_eight_payments_at_once_from_one_address_just_as_many_start_as_may(
    lota: Product, settings: Any
) -> None:
    settings.PAYMENT_STARTS_AN_HOUR = most = 3
    with racing(8) as start_together:
        for round_ in range(8):
            baskets = [make_basket(lota) for _ in range(8)]
            at = now() - timedelta(hours=round_)

            def place(number: int, moment: datetime = at, picked: Any = baskets) -> object:
                buyer = make_buyer(email=f"b{number}@example.org", phone="", came_from="8.8.8.8")
                try:
                    return place_order(picked[number], buyer=buyer, expected_total=None, now=moment)
                except payment.TooManyStarts as refusal:
                    return refusal

            results = start_together(*[partial(place, number) for number in range(8)])

            refused = [each for each in results if isinstance(each, payment.TooManyStarts)]
            assert len(refused) == 8 - most
