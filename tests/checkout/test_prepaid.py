"""The discount for paying online: seen before, shared to the paisa, taken back with the page."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.stripe_double.runner import OfflineStripe
from storefront.basket.queries import basket_view
from storefront.checkout.queries import options, priced, purchase_in, summary
from storefront.checkout.rules import PricedLine, prepaid_parts
from storefront.checkout.services import TotalChanged, place_order
from storefront.core.clock import now, today
from storefront.gst.rules import GstRule, is_in_gap
from storefront.order.models import Order, OrderDiscount
from storefront.payment import services as payment
from storefront.payment.queries import CASH, terms_on
from storefront.payment.services.audit import audit
from tests.factories.cash import confirm_cash, make_terms
from tests.factories.catalogue import make_product, make_seller
from tests.factories.purchase import make_basket, make_buyer, make_post

ONE_RATE = GstRule(rate=Decimal(12))
CLOTH = GstRule(rate=Decimal(5), rate_above=Decimal(18))


def line(number: int, price: str, *, quantity: int = 1, rule: GstRule = ONE_RATE) -> PricedLine:
    return PricedLine(number, Decimal(price), quantity, rule)


def percent(*lines: PricedLine, off: int = 5) -> dict[int, Decimal]:
    return prepaid_parts(lines, percent=Decimal(off), amount=Decimal(0))


def rupees_off(*lines: PricedLine, off: int = 100) -> dict[int, Decimal]:
    return prepaid_parts(lines, percent=Decimal(0), amount=Decimal(off))


def test_per_cent_are_of_each_line_rounded_half_up() -> None:
    assert percent(line(1, "1000.00"), line(2, "0.10")) == {
        1: Decimal("50.00"),
        2: Decimal("0.01"),
    }


def test_rupees_are_shared_by_price_to_the_paisa() -> None:
    assert rupees_off(line(1, "300.00"), line(2, "600.00"), line(3, "0.03")) == {
        1: Decimal("33.33"),
        2: Decimal("66.67"),
    }


def test_no_more_is_taken_off_than_there_is() -> None:
    assert rupees_off(line(1, "60.00")) == {1: Decimal("60.00")}


def test_a_line_that_would_come_into_the_gap_gives_nothing_and_the_others_give_it() -> None:
    kurta = line(1, "3000.00", rule=CLOTH)  # 5 % off would be ₹2,850, for which GST has no rate
    lota = line(2, "1000.00")

    assert percent(kurta, lota) == {2: Decimal("50.00")}
    assert rupees_off(kurta, lota) == {2: Decimal("100.00")}
    assert percent(line(1, "6000.00", quantity=2, rule=CLOTH)) == {}


def test_a_line_that_falls_through_the_gap_is_discounted() -> None:
    assert percent(line(1, "3000.00", rule=CLOTH), off=20) == {1: Decimal("600.00")}


@given(
    lines=st.lists(
        st.tuples(st.integers(1, 2_000_000), st.integers(1, 5), st.sampled_from([ONE_RATE, CLOTH])),
        min_size=1,
        max_size=6,
    ),
    off=st.one_of(
        st.tuples(st.integers(1, 5000), st.just(0)), st.tuples(st.just(0), st.integers(1, 900_000))
    ),
)
def test_no_line_is_pushed_into_the_gap_and_none_gives_more_than_it_costs(
    lines: list[tuple[int, int, GstRule]], off: tuple[int, int]
) -> None:
    able = [
        PricedLine(number, Decimal(paise) / 100, quantity, rule)
        for number, (paise, quantity, rule) in enumerate(lines)
        if not is_in_gap(rule, unit_price=Decimal(paise) / 100 / quantity)
    ]

    amount = (Decimal(off[1]) / 100).quantize(Decimal("0.01"))

    parts = prepaid_parts(able, percent=Decimal(off[0]) / 100, amount=amount)

    for each in able:
        part = parts.get(each.id, Decimal(0))
        assert 0 <= part <= each.price
        assert not is_in_gap(each.gst_rule, unit_price=(each.price - part) / each.quantity)
    if off[1]:
        assert sum(parts.values()) <= Decimal(off[1]) / 100


@pytest.mark.django_db
def test_both_prices_are_known_before_choosing_and_the_order_has_the_one_chosen() -> None:
    make_post()
    make_terms(prepaid_percent=Decimal(5), cash_fee=Decimal(40))
    basket = make_basket(make_product(price="1000.00"))
    offer = summary(basket_view(basket), buyer_state="09", today=today())
    shown = {
        each.way.name: each.summary.total
        for each in options(offer, purchase_in(offer, today=today()))
    }
    assert shown == {
        "stripe": Decimal("1010.00"),
        "cash": Decimal("1100.00"),
        "nothing": Decimal("1060.00"),
    }

    with pytest.raises(TotalChanged, match="₹1,010"):
        place_order(basket, buyer=make_buyer(), expected_total=shown["cash"], now=now())
    placed = place_order(basket, buyer=make_buyer(), expected_total=shown["stripe"], now=now())

    assert placed.attempt is not None
    assert placed.attempt.amount_paise == 101_000
    found = placed.order.lines.get()
    assert (found.line_price_incl_tax, found.taxable) == (Decimal("950.00"), Decimal("848.22"))
    row = OrderDiscount.objects.get()
    assert (row.offer_id, row.amount) == (None, Decimal("50.00"))
    assert list(audit(offline=True)) == []


@pytest.mark.django_db
def test_changing_to_cash_takes_the_discount_back_and_taxes_the_lines_anew(
    stripe_double: OfflineStripe,
) -> None:
    make_post()
    make_terms(prepaid_percent=Decimal(20), cash_fee=Decimal(40), cash_most=Decimal(9000))
    kurta = make_product(
        price="3000.00", gst=CLOTH, hsn="6204", seller=make_seller("Chikan"), sku="KURTA"
    )
    lota = make_product(price="1000.00", seller=make_seller("Brass"), sku="LOTA")
    basket = make_basket(kurta, lota)
    placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
    before = placed.order.lines.get(product=kurta)
    assert (before.gst_rate, before.line_price_incl_tax) == (Decimal(5), Decimal("2400.00"))
    assert placed.order.total_incl_tax == Decimal("3320.00")
    assert payment.price_at_door(placed.order, terms=terms_on(today())) == Decimal(4160)

    payment.pay_at_door(placed.order, now=now())

    order = Order.objects.get()
    after = order.lines.get(product=kurta)
    assert order.total_incl_tax == Decimal("4160.00")
    assert (after.gst_rate, after.line_price_incl_tax) == (Decimal(18), Decimal("3000.00"))
    assert after.taxable + after.cgst + after.sgst == Decimal("3000.00")
    assert not OrderDiscount.objects.exists()
    assert sum(line.line_price_incl_tax for line in order.lines.all()) == 4000
    taxable = sum(each.taxable for each in order.lines.all())
    assert order.total_excl_tax == taxable + order.shipping_excl_tax
    confirm_cash(order)
    assert list(audit()) == []


@pytest.mark.django_db
def test_cash_has_no_discount_and_gets_none_when_it_is_paid_online_later(
    stripe_double: OfflineStripe,
) -> None:
    make_post()
    make_terms(prepaid_percent=Decimal(5), cash_fee=Decimal(40))
    basket = make_basket(make_product(price="1000.00"))
    order = place_order(basket, buyer=make_buyer(), expected_total=None, now=now(), way=CASH).order
    confirm_cash(order)

    attempt = payment.page_to_pay(order, now=now())
    assert attempt.amount_paise == 106_000
    stripe_double.pay(attempt.provider_session or "")
    payment.sync(attempt)

    order.refresh_from_db()
    assert order.total_incl_tax == Decimal("1060.00")
    assert list(audit()) == []


@pytest.mark.django_db
def test_a_discount_of_everything_is_an_order_that_costs_nothing_but_delivery() -> None:
    make_post()
    terms = make_terms(prepaid_rupees=Decimal(5000))
    basket = make_basket(make_product(price="1000.00"))
    offer = summary(basket_view(basket), buyer_state="09", today=today())
    [online] = [
        each.way
        for each in options(offer, purchase_in(offer, today=today()))
        if each.way.name == "stripe"
    ]

    assert priced(offer, online, terms=terms).total == Decimal("60.00")
