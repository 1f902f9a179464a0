"""The buyer says that a parcel arrived, and at the same moment something else becomes of it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from storefront.catalogue.models import Product
from storefront.core.clock import now
from storefront.core.refusals import Refusal
from storefront.fulfilment import services as fulfilment
from storefront.ledger.models import Journal
from storefront.ledger.queries import owed_to
from storefront.ledger.rules import JournalKind
from storefront.order.models import SellerOrder
from storefront.order.rules import Asker, SellerOrderState, Why
from storefront.order.services import Wish
from storefront.partner.services import load_rates
from storefront.payment import services as payment
from storefront.payment.models import Refund
from storefront.payment.rules import RefundState
from storefront.payment.services.audit import audit
from tests.factories.cash import on_the_road, order_cash
from tests.factories.catalogue import make_product
from tests.factories.orders import make_shipped, part_of
from tests.factories.payouts import make_clerk, sell
from tests.partner.test_terms import RATES
from tests.rounds import ROUNDS, Race, racing

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
DAYS = timedelta(days=12)


@pytest.fixture
def lota() -> Product:
    load_rates(RATES)
    return make_product(price="1000.00", stock=9 * ROUNDS)


@pytest.fixture
def race() -> Iterator[Race]:
    with racing(2) as race:
        yield race


def trying(job: Callable[[], Any]) -> Callable[[], Any]:
    """Return the job, which says by its code why it was refused."""

    def run() -> Any:
        try:
            return job()
        except Refusal as refusal:
            return refusal.code

    return run


def saying(part: SellerOrder) -> Callable[[], Any]:
    return trying(partial(fulfilment.say_arrived, part, by=None, now=now()))


def taking_back(part: SellerOrder, *, why: Why, by: Any = None) -> Callable[[], Any]:
    wish = Wish(key="back", asker=Asker.STAFF, why=why, by=by)
    return trying(partial(payment.cancel, part.order, wish=wish))


def send(lota: Product, number: int) -> SellerOrder:
    return make_shipped(part_of(sell(lota)), tracking_number=f"EU{number}IN")


def earned(part: SellerOrder) -> int:
    """Return how often it was booked what a part earned, or earned less."""
    return Journal.objects.filter(order=part.order, kind=JournalKind.EARNED).count()


def arrivals(part: SellerOrder) -> int:
    return part.moves.filter(new=SellerOrderState.DELIVERED).count()


def test_said_twice_at_once_it_arrived_once(lota: Product, race: Race) -> None:
    for number in range(ROUNDS):
        part = send(lota, number)

        race(*[saying(part)] * 2)

        assert (arrivals(part), earned(part), owed_to(part.seller, order=part.order)) == (
            1,
            1,
            93_654,
        )


def test_the_buyer_and_two_clocks_at_once_bring_it_once(lota: Product) -> None:
    reasons = set()
    with racing(3) as race:
        for number in range(ROUNDS):
            part = send(lota, number)
            clock = partial(fulfilment.count_as_arrived, now=now() + DAYS)

            race(saying(part), clock, clock)

            moved = part.moves.get(new=SellerOrderState.DELIVERED)
            reasons.add(moved.reason)
            assert earned(part) == 1
    assert reasons <= {"the buyer said so", "no word for 12 days"}
    assert list(audit(offline=True)) == []


def test_it_arrives_while_staff_take_it_back_and_nothing_stays_with_the_seller(
    lota: Product, race: Race
) -> None:
    for number in range(ROUNDS):
        part = send(lota, number)

        said, taken = race(saying(part), taking_back(part, why=Why.FAULTY))

        assert not isinstance(said, str)
        assert not isinstance(taken, str)
        assert (arrivals(part), owed_to(part.seller, order=part.order)) == (1, 0)
        # What was kept back is booked and taken back, or never was.
        assert earned(part) in {0, 2}
        assert Refund.objects.get(order=part.order).amount_paise == 106_000
    assert list(audit(offline=True)) == []


def test_it_arrives_before_a_refund_waits_for_a_second_person_or_not_at_all(
    lota: Product, race: Race, settings: Any
) -> None:
    settings.REFUND_ALONE_UP_TO = Decimal(0)
    one, two = make_clerk("one"), make_clerk("two")
    for number in range(ROUNDS):
        part = send(lota, number)

        said, _ = race(saying(part), taking_back(part, why=Why.NOT_ARRIVED, by=one))

        refund = Refund.objects.get(order=part.order)
        assert refund.state == RefundState.TO_APPROVE
        has_arrived = said != "part-not-ready"
        asked_at = part.order.cancellations.get().created_at
        before = part.moves.filter(new=SellerOrderState.DELIVERED, at__lt=asked_at).count()
        assert (arrivals(part), before, earned(part)) == (has_arrived,) * 3
        payment.approve(refund, by=two)
        assert owed_to(part.seller, order=part.order) == 0
    assert list(audit(offline=True)) == []


def test_a_parcel_refused_at_the_door_has_not_arrived_whatever_its_buyer_says(
    lota: Product, race: Race
) -> None:
    for number in range(ROUNDS):
        email = {"email": f"b{number}@example.org", "phone": f"+9198765{number:05d}"}
        part = on_the_road(order_cash(lota, **email), number=f"EU{number}IN").seller_order

        said, _ = race(saying(part), partial(fulfilment.take_back, part, by=None, now=now()))

        assert said == "part-not-ready"
        assert (arrivals(part), earned(part)) == (0, 0)
        assert part_of(part.order).state == SellerOrderState.CANCELLED
