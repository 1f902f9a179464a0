"""Real threads on PostgreSQL, fifty rounds each: nothing is given back twice, nothing is lost."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from fixtures.stripe_double.runner import ControlError, OfflineStripe
from storefront.core.refusals import Refusal
from storefront.fulfilment import services as fulfilment
from storefront.order.models import Order
from storefront.order.rules import Asker, OrderState, SellerOrderState
from storefront.payment import services as payment
from storefront.payment.models import Refund
from storefront.payment.rules import RefundState
from tests.factories.catalogue import stock_record
from tests.payment.cancelling.steps import (
    Bought,
    buy_alone,
    check_books,
    given_back,
    make_staff,
    place_again,
    place_both,
    refunds,
    wish,
)
from tests.payment.faults.money import session_of
from tests.payment.steps import attempt_of
from tests.rounds import racing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
ROUNDS, STOCK, TOTAL = 50, 500, 367_000


@pytest.fixture
def town(double: OfflineStripe) -> Bought:
    """Both sellers with much in stock, and an order that nobody pays."""
    return place_both(stock=STOCK)


def trying(job: Callable[[], Any]) -> Callable[[], Any]:
    """Return the job, which says by its code why it was refused."""

    def run() -> Any:
        try:
            return job()
        except Refusal as refusal:
            return refusal.code

    return run


def cancelling(bought: Bought, asker: Asker, **facts: Any) -> Callable[[], Any]:
    return trying(partial(payment.cancel, bought.order, wish=wish(asker, **facts)))


def test_of_two_staff_who_refund_the_same_pieces_one_does(town: Bought) -> None:
    one, two = make_staff("one@example.org"), make_staff("two@example.org")
    with racing(2) as race:
        for number in range(ROUNDS):
            bought = buy_alone(town)
            lotas = bought.line(bought.lotas).pk
            pieces, code = ({lotas: 3}, "already-cancelled") if number % 2 else ({lotas: 2}, None)

            results = race(
                cancelling(bought, Asker.STAFF, by=one, pieces=pieces),
                cancelling(bought, Asker.STAFF, by=two, pieces=pieces),
            )

            refused = [each for each in results if isinstance(each, str)]
            assert refused == [code or "too-many-pieces"]
            assert refunds(bought) == [(216_000 if number % 2 else 140_000, RefundState.NEW)]
    check_books(offline=True)


def test_a_wish_sent_twice_at_once_is_one_refund(town: Bought) -> None:
    bought = buy_alone(town, lotas=ROUNDS)
    lotas = bought.line(bought.lotas).pk
    with racing(2) as race:
        for number in range(1, ROUNDS + 1):
            job = cancelling(bought, Asker.BUYER, pieces={lotas: 1})

            first, again = race(job, job)

            assert first == again
            assert Refund.objects.count() == number
            assert bought.line(bought.lotas).cancelled_quantity == number
    assert bought.part(bought.brass).state == SellerOrderState.CANCELLED
    check_books(offline=True)


def test_a_buyer_cancels_while_the_seller_packs_and_one_of_them_is_too_late(
    town: Bought,
) -> None:
    won = set()
    with racing(2) as race:
        for number in range(ROUNDS):
            bought = buy_alone(town)
            part = bought.part(bought.brass)
            pieces = {bought.line(bought.lotas).pk: 1 + 2 * (number % 2)}

            cancelled, packed = race(
                cancelling(bought, Asker.BUYER, pieces=pieces),
                trying(partial(fulfilment.pack, part, by=None, pieces=3)),
            )

            if isinstance(cancelled, str):
                assert cancelled == "too-late-to-cancel"
                assert bought.part(bought.brass).state == SellerOrderState.PACKED
                assert refunds(bought) == []
            else:
                assert packed == "part-not-ready"
                assert bought.part(bought.brass).state != SellerOrderState.PACKED
                assert len(refunds(bought)) == 1
            won.add(isinstance(cancelled, str))
    assert won == {True, False}
    check_books(offline=True)


def test_a_seller_cancels_while_the_buyer_does_and_all_comes_back_once(town: Bought) -> None:
    with racing(2) as race:
        for _ in range(ROUNDS):
            bought = buy_alone(town)

            buyer, seller = race(
                cancelling(bought, Asker.BUYER),
                cancelling(bought, Asker.SELLER, seller=bought.brass),
            )

            assert not isinstance(buyer, str)
            assert seller == "already-cancelled" or not isinstance(seller, str)
            assert sum(paise for paise, _ in refunds(bought)) == TOTAL
            assert bought.order.status == OrderState.CANCELLED
    # The order that nobody paid keeps its three and its one.
    assert stock_record(town.lotas).free == STOCK - 3
    assert stock_record(town.dupatta).free == STOCK - 1
    check_books(offline=True)


def test_of_a_yes_and_a_no_at_once_one_counts(town: Bought, settings: Any) -> None:
    settings.REFUND_ALONE_UP_TO *= 0
    one, two = make_staff("one@example.org"), make_staff("two@example.org")
    bought, done = buy_alone(town, lotas=ROUNDS), 0
    pieces = {bought.line(bought.lotas).pk: 1}
    with racing(2) as race:
        for _ in range(ROUNDS):
            payment.cancel(bought.order, wish=wish(Asker.STAFF, by=one, pieces=pieces))
            waiting = Refund.objects.get(state=RefundState.TO_APPROVE)

            yes, no = race(
                partial(payment.approve, waiting, by=two),
                partial(payment.decline_refund, waiting, by=two),
            )

            done += bool(yes)
            assert {yes, no} == {True, False}
            waiting.refresh_from_db()
            assert waiting.state == (RefundState.NEW if yes else RefundState.DECLINED)
            assert bought.line(bought.lotas).cancelled_quantity == done
    check_books(offline=True)


def test_staff_cancel_while_the_buyer_pays_and_no_money_stays(
    double: OfflineStripe, town: Bought
) -> None:
    outcomes = set()
    with racing(2) as race:
        for _ in range(ROUNDS):
            bought = place_again(town)
            payment.open_page(attempt_of(bought.placed))

            race(
                partial(_pay, double, bought),
                trying(partial(payment.call_off, bought.order, wish=wish(Asker.STAFF))),
            )
            bought.look()

            assert bought.order.status == OrderState.CANCELLED
            came = sum(row.amount_paise for row in bought.order.money.filter(kind="capture"))
            assert given_back(bought) == came
            outcomes.add(bool(came))
    assert outcomes == {True, False}
    check_books()
    assert Order.objects.filter(status=OrderState.PENDING_PAYMENT).count() == 1


def _pay(double: OfflineStripe, bought: Bought) -> None:
    """Pay, if the page is still open, and come back to the shop."""
    with suppress(ControlError):
        double.pay(session_of(bought.placed))
    payment.sync(attempt_of(bought.placed))
