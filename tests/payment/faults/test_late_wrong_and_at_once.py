"""Money that is late or wrong, clocks that differ, two things at once, and prying eyes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.order.rules import OrderState
from storefront.order.services import cancel_unpaid, lock_order
from storefront.partner.services import set_price
from storefront.payment import services as payment
from storefront.payment.models import PaymentAttempt, Refund
from storefront.payment.rules import AttemptState, RefundState
from storefront.stock.rules import Reason
from storefront.stock.services import set_free
from tests.factories.catalogue import make_product, stock_record
from tests.factories.purchase import make_basket, make_buyer
from tests.payment.faults.money import TOTAL, hear, owed_to_buyer, pay, rows, session_of
from tests.payment.hearing import completed, send, signed
from tests.payment.steps import attempt_of, in_an_hour, place, status_of

DECLINED, ASKS_3DS = "4000000000000002", "4000002500003155"


def letters() -> list[str]:
    return [letter.subject.split()[0] for letter in mail.outbox]


def free(placed: Placed) -> int:
    product = placed.order.lines.get().product
    assert product is not None
    return stock_record(product).free


@pytest.mark.parametrize("is_left", [True, False])
def test_late_money_revives_the_order_or_goes_back_with_a_letter(
    double: OfflineStripe, is_left: bool
) -> None:
    bowl = make_product(price="1000.00", stock=1)
    placed = place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())
    assert placed.attempt is not None
    payment.open_page(placed.attempt)
    cancel_unpaid(lock_order(placed.order.pk), reason="not paid in time")
    if not is_left:
        place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())

    pay(double, placed)
    payment.send_refunds()

    if is_left:
        assert status_of(placed) == OrderState.CONFIRMED
        assert not Refund.objects.exists()
    else:
        assert status_of(placed) == OrderState.CANCELLED
        assert Refund.objects.get().state == RefundState.SUCCEEDED
        assert ["going back" in letter.subject for letter in mail.outbox] == [True]
        assert owed_to_buyer(placed) == 0


def test_a_wrong_amount_pays_nothing_raises_the_alarm_and_goes_back(
    double: OfflineStripe, caplog: pytest.LogCaptureFixture
) -> None:
    placed = place(is_open=False)
    request = attempt_of(placed).request
    request["line_items"][0]["price_data"]["unit_amount"] = 50_000
    PaymentAttempt.objects.update(request=request)
    payment.open_page(attempt_of(placed))

    pay(double, placed)
    payment.send_refunds()

    assert status_of(placed) == OrderState.PENDING_PAYMENT
    assert rows(placed) == [("capture", 50_000), ("refund", -50_000)]
    assert Refund.objects.get().reason == "wrong-amount"
    assert "wrong amount" in caplog.text


@pytest.mark.parametrize("ours_is_ahead", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_ten_minutes_between_the_clocks_neither_cancel_a_paid_order_nor_pay_a_closed_page(
    double: OfflineStripe, ours_is_ahead: timedelta
) -> None:
    paid, unpaid = place(), place()
    end = now() + timedelta(minutes=36)
    double.clock(advance=(timedelta(minutes=36) - ours_is_ahead - timedelta(minutes=5)).seconds)
    if ours_is_ahead > timedelta(0):
        double.pay(session_of(paid))
    else:
        payment.sync(attempt_of(paid))
        assert attempt_of(paid).state == AttemptState.EXPIRED

    payment.sweep(now=end)

    expected = OrderState.CONFIRMED if ours_is_ahead > timedelta(0) else OrderState.CANCELLED
    assert status_of(paid) == expected
    assert status_of(unpaid) == OrderState.CANCELLED


def test_a_strangers_return_link_shows_nothing(double: OfflineStripe, client: Client) -> None:
    placed = place()
    attempt = attempt_of(placed)

    for guess in (str(attempt.pk), placed.order.number, session_of(placed), "x" * 32):
        assert client.get(f"/en/orders/{guess}/paid/").status_code == 404


def test_no_log_line_of_a_purchase_names_the_buyer_or_a_card(
    double: OfflineStripe, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    placed = place()
    double.pay(session_of(placed), card=DECLINED)
    payment.sync(attempt_of(placed))
    pay(double, placed)
    body = completed(placed)
    send(client, body, signed(body))
    send(client, body, "t=1,v1=00")
    double.dashboard_refund(session=session_of(placed))
    hear(double)
    payment.sweep(now=in_an_hour())

    assert caplog.records
    for secret in ("asha@example.org", "Asha Verma", "9876543210", "Hazratganj"):
        assert secret not in caplog.text
    for card in (DECLINED, "4242424242424242", "sk_test", "whsec"):
        assert card not in caplog.text


def test_the_order_keeps_its_price_and_tax_whatever_changes_before_it_is_paid(
    double: OfflineStripe,
) -> None:
    placed = place()
    line = placed.order.lines.get()
    record = line.stockrecord
    assert record is not None
    set_price(record, price=Decimal("1500.00"), version=record.version, by=None)
    set_free(
        stock_record(record.product),
        free=0,
        version=stock_record(record.product).version,
        by=None,
        reason=Reason.EDIT,
    )

    pay(double, placed)

    fresh = placed.order.lines.get()
    assert (fresh.line_price_incl_tax, fresh.taxable) == (line.line_price_incl_tax, line.taxable)
    assert rows(placed) == [("capture", TOTAL)]
    assert status_of(placed) == OrderState.CONFIRMED
