"""Real threads on PostgreSQL and HTTP to the offline Stripe, fifty rounds each."""

from functools import partial

import pytest
from django.core import mail
from django.test import Client

from fixtures.stripe_double.runner import ControlError, OfflineStripe
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.ledger.models import Journal
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment.models import ProviderEvent, Refund
from storefront.payment.services.audit import audit
from tests.factories.catalogue import make_product, stock_record
from tests.factories.purchase import make_basket, make_buyer, make_post
from tests.payment.faults.money import TOTAL, rows, session_of
from tests.payment.hearing import completed, send, signed
from tests.payment.steps import attempt_of, status_of
from tests.rounds import ROUNDS, check_books, racing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


@pytest.fixture
def waiting(stripe_double: OfflineStripe) -> list[Placed]:
    """Fifty orders of ₹1,060 for pieces of one kind, each at its payment page."""
    make_post()
    lota, buyer = make_product(price="1000.00", stock=ROUNDS), make_buyer()
    orders = [
        place_order(make_basket(lota), buyer=buyer, expected_total=None, now=now())
        for _ in range(ROUNDS)
    ]
    for placed in orders:
        assert placed.attempt is not None
        payment.open_page(placed.attempt)
    return orders


def free(placed: Placed) -> int:
    product = placed.order.lines.get().product
    assert product is not None
    return stock_record(product).free


def test_the_message_the_buyers_return_and_the_poll_at_once_pay_an_order_once(
    stripe_double: OfflineStripe, waiting: list[Placed]
) -> None:
    hears, comes_back = Client(), Client()
    with racing(3) as race:
        for number, placed in enumerate(waiting, start=1):
            stripe_double.pay(session_of(placed))
            body = completed(placed, name=f"evt_{number}")

            heard, back, _ = race(
                partial(send, hears, body, signed(body)),
                partial(comes_back.get, f"/en/orders/{placed.order.token}/paid/"),
                partial(payment.sync, attempt_of(placed)),
            )

            assert (heard, getattr(back, "status_code", 0)) == (200, 302)
            assert status_of(placed) == OrderState.CONFIRMED
            assert rows(placed) == [("capture", TOTAL)]
            assert Journal.objects.filter(order=placed.order, kind="sale").count() == 1
            assert len(mail.outbox) == number
    assert not Refund.objects.exists()
    assert list(audit()) == []
    check_books()


def test_one_message_delivered_twice_at_once_is_kept_once_and_never_a_fault(
    waiting: list[Placed],
) -> None:
    one, two = Client(), Client()
    with racing(2) as race:
        for number, placed in enumerate(waiting, start=1):
            body = completed(placed, name=f"evt_{number}")
            signature = signed(body)

            heard = race(partial(send, one, body, signature), partial(send, two, body, signature))

            assert heard == [200, 200]
            assert ProviderEvent.objects.count() == number


def test_staff_who_cancel_while_the_buyer_pays_end_with_it_paid_or_cancelled(
    stripe_double: OfflineStripe, waiting: list[Placed]
) -> None:
    def pay(session: str) -> bool:
        try:
            stripe_double.pay(session)
        except ControlError:  # the page was closed a moment before
            return False
        return True

    left, paid = free(waiting[0]), 0
    with racing(2) as race:
        for placed in waiting:
            is_paid, is_cancelled = race(
                partial(pay, session_of(placed)),
                partial(payment.give_up, placed.order, reason="cancelled by staff"),
            )
            payment.sync(attempt_of(placed))

            assert is_paid is not is_cancelled
            assert status_of(placed) == (OrderState.CONFIRMED if is_paid else OrderState.CANCELLED)
            paid += bool(is_paid)
            left += not is_paid
            assert free(placed) == left
    assert len(mail.outbox) == paid
    assert list(audit()) == []
    check_books()
