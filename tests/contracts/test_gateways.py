"""What every way to pay promises: the shop's own three, and one that was written this morning."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from oscar.apps.offer.models import Benefit

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment.gateways.base import (
    BadSignature,
    GatewayRefused,
    Purchase,
    UnknownThere,
    Way,
)
from storefront.payment.gateways.registry import WayRefused, choices, chosen, gateway_of, ways
from storefront.payment.models import PaymentTerms, Refund
from storefront.payment.rules import LIVE, AttemptState, RefundState, WayKind
from tests.contracts.toy import ToyPay
from tests.factories.cash import code_sent
from tests.factories.catalogue import make_product, stock_record
from tests.factories.offers import make_offer
from tests.factories.purchase import make_basket, make_buyer

pytestmark = pytest.mark.django_db
NAMES = ("stripe", "cash", "nothing", "toy")
PAGES = ("stripe", "toy")
PURCHASE = Purchase(total=Decimal(1060), terms=PaymentTerms(cash_most=Decimal(5000)))


def way(name: str) -> Way:
    return next(each for each in ways() if each.name == name)


def purchase_for(name: str) -> Purchase:
    """Return a purchase that can be paid this way."""
    return replace(PURCHASE, total=Decimal(0)) if way(name).kind == WayKind.NOTHING else PURCHASE


def place(name: str) -> Placed:
    """Place an order that is paid this way."""
    if way(name).kind == WayKind.NOTHING:
        make_offer(value=100)
        make_offer(Benefit.SHIPPING_PERCENTAGE, 100)
    basket = make_basket(make_product(price="1000.00", stock=5))
    return place_order(basket, buyer=make_buyer(), expected_total=None, now=now(), way=name)


def bring_money(name: str, placed: Placed, double: OfflineStripe) -> None:
    """Do what the buyer does: pay on the page, type the code, or nothing."""
    attempt = placed.attempt
    if attempt is None:
        return
    if way(name).kind == WayKind.DOOR:
        payment.confirm_promise(placed.order, code=code_sent(), now=now())
        return
    payment.open_page(attempt)
    if name == "toy":
        ToyPay().pay(attempt.provider_session or "")
    else:
        double.pay(attempt.provider_session or "")
    payment.sync(attempt)


def test_every_way_has_a_name_of_its_own_that_fits_a_row() -> None:
    names = [each.name for each in ways()]

    assert sorted(names) == sorted(NAMES)
    assert all(0 < len(name) <= 20 for name in names)


@pytest.mark.parametrize("name", NAMES)
def test_a_way_is_offered_for_what_it_is_for_and_says_why_not_otherwise(name: str) -> None:
    fitting = purchase_for(name)
    is_free = not fitting.total
    other = replace(fitting, total=Decimal("1060.00") if is_free else Decimal(0))

    assert way(name).why_not(fitting) is None
    objection = way(name).why_not(other)

    assert objection is not None
    assert objection.code
    assert objection.text.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_asking_a_way_writes_nothing(name: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        way(name).why_not(
            replace(PURCHASE, pin="226001", email="a@b.example", phone="+919876543210")
        )

    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []


@pytest.mark.parametrize("name", ["stripe", "cash", "nothing"])
def test_the_shops_own_ways_speak_hindi(name: str) -> None:
    is_free = way(name).kind == WayKind.NOTHING
    with translation.override("hi"):
        label = str(way(name).label)
        objection = way(name).why_not(PURCHASE if is_free else replace(PURCHASE, total=Decimal(0)))

    assert objection is not None
    assert all("\u0900" <= text[0] <= "\u097f" for text in (label, objection.text))


@pytest.mark.parametrize("name", NAMES)
def test_an_order_placed_twice_is_one_order_with_one_attempt(name: str) -> None:
    first = place(name)
    basket = first.order.basket

    again = place_order(basket, buyer=make_buyer(), expected_total=None, now=now(), way=name)

    assert (again.order, again.attempt) == (first.order, first.attempt)
    assert Order.objects.count() == 1
    assert first.order.attempts.count() == (first.attempt is not None)


@pytest.mark.parametrize("name", NAMES)
def test_an_order_is_confirmed_once_its_buyer_did_their_part(
    name: str, shop: OfflineStripe
) -> None:
    placed = place(name)

    bring_money(name, placed, shop)

    order = Order.objects.get(pk=placed.order.pk)
    assert order.status == OrderState.CONFIRMED
    assert not order.attempts.filter(state__in=LIVE).exists()
    assert order.moves.filter(seller_order=None, new=OrderState.CONFIRMED).count() == 1


@pytest.mark.parametrize("name", ["stripe", "cash", "toy"])
def test_an_order_whose_buyer_does_nothing_ends_and_frees_its_pieces(name: str) -> None:
    placed = place(name)
    if placed.attempt and placed.attempt.state in LIVE:
        payment.open_page(placed.attempt)

    assert payment.sweep(now=now() + timedelta(hours=1)) == 1

    order = Order.objects.get(pk=placed.order.pk)
    assert order.status == OrderState.CANCELLED
    assert order.attempts.get().state == AttemptState.EXPIRED
    product = order.lines.get().product
    assert product is not None
    assert stock_record(product).free == 5


def test_what_costs_nothing_is_paid_by_nothing_whatever_was_chosen() -> None:
    free = replace(PURCHASE, total=Decimal(0))

    assert {chosen(name, free).name for name in ("", *NAMES)} == {"nothing"}


def test_without_a_choice_the_first_way_that_is_offered_is_taken() -> None:
    assert chosen("", PURCHASE).name == "stripe"
    assert [each.way.name for each in choices(PURCHASE) if each.objection is None] == [
        "stripe",
        "cash",
        "toy",
    ]


def test_a_way_that_does_not_exist_is_refused() -> None:
    with pytest.raises(WayRefused, match="There is no such way to pay"):
        chosen("barter", PURCHASE)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asked_for_twice_is_one_page(name: str) -> None:
    attempt = place(name).attempt
    assert attempt is not None
    gateway = gateway_of(name)

    first = gateway.create(attempt.request, key=f"att:{attempt.pk}:create")
    again = gateway.create(attempt.request, key=f"att:{attempt.pk}:create")

    assert first == again
    assert gateway.fetch(first.reference).attempt == str(attempt.pk)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_closed_twice_is_closed_and_takes_no_money(name: str) -> None:
    attempt = place(name).attempt
    assert attempt is not None
    payment.open_page(attempt)
    session = attempt.provider_session or ""

    gateway_of(name).expire(session)
    gateway_of(name).expire(session)

    assert gateway_of(name).fetch(session).status == "expired"
    assert gateway_of(name).fetch(session).captures == ()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_nobody_opened_is_unknown_there(name: str) -> None:
    with pytest.raises(UnknownThere):
        gateway_of(name).fetch("cs_test_of_nobody")


@pytest.mark.parametrize("name", PAGES)
def test_a_refund_asked_for_twice_is_one_refund(name: str, shop: OfflineStripe) -> None:
    placed = place(name)
    bring_money(name, placed, shop)
    charge = placed.order.money.get(kind="capture").reference
    refund = Refund.objects.create(
        order=placed.order,
        attempt=placed.order.attempts.get(),
        charge=charge,
        amount_paise=5_000,
        reason="goodwill",
    )

    payment.send_refunds()
    Refund.objects.filter(pk=refund.pk).update(state=RefundState.NEW)
    payment.send_refunds()

    assert placed.order.money.get(kind="refund").amount_paise == -5_000
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED


@pytest.mark.parametrize("name", PAGES)
def test_a_message_that_is_not_the_providers_is_refused(name: str, client: Client) -> None:
    with pytest.raises(BadSignature):
        gateway_of(name).verify(b'{"id": "evt_1"}', "t=1,v1=forged")

    answer = client.post(f"/webhooks/{name}/", b"{}", content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["cash", "nothing", "barter"])
def test_what_has_no_page_has_no_door_for_messages(name: str, client: Client) -> None:
    assert client.post(f"/webhooks/{name}/", b"{}", content_type="text/plain").status_code == 404
    with pytest.raises(GatewayRefused):
        gateway_of(name)
