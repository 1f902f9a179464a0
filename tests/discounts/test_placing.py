"""A price seen is the price paid: discounts in orders, their tax, their use and its return."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import translation
from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer
from oscar.apps.voucher.models import Voucher

from storefront.basket.queries import basket_view
from storefront.checkout.services import BasketHasProblems, TotalChanged
from storefront.core.clock import now
from storefront.discounts.models import Use
from storefront.gst.rules import GstRule
from storefront.order.models import Order, OrderDiscount, OrderLineDiscount
from storefront.order.queries import order_view
from tests.discounts.placing import counters, order, place
from tests.factories.catalogue import make_product, make_seller, make_state, stock_record
from tests.factories.offers import make_offer, make_voucher
from tests.factories.orders import confirm_order
from tests.factories.purchase import address_form, make_basket, make_post

pytestmark = pytest.mark.django_db
KURTA = GstRule(rate=Decimal(5), rate_above=Decimal(18))


@pytest.fixture(autouse=True)
def _post():
    make_post()


def nothing_written():
    return not (Order.objects.exists() or OrderDiscount.objects.exists() or Use.objects.exists())


# What is frozen.


def test_the_worked_example_of_the_docs():
    """docs/chapters/offers.md: a kurta and a lota of two sellers, 15 % off, ₹100 off, free post."""
    kurta = make_product(price="3000.00", seller=make_seller("Kurtas"), gst=KURTA, hsn="6211")
    lota = make_product(price="1450.00", seller=make_seller("Brass"), gst=GstRule(Decimal(12)))
    make_offer(Benefit.PERCENTAGE, 15, name="Diwali", priority=2)
    make_offer(Benefit.SHIPPING_FIXED_PRICE, 0, condition=(Condition.VALUE, 2000), name="Post")
    hundred = make_offer(Benefit.FIXED, 100, offer_type="Voucher", max_basket_applications=1)
    hundred.name = "A hundred"
    hundred.save()
    voucher = make_voucher("SHUBH100", hundred)

    placed = place(kurta, lota, vouchers=[voucher], expected="3682.50")

    first, second = placed.lines.order_by("pk")
    assert [str(line.line_price_before_discounts_incl_tax) for line in (first, second)] == [
        "3000.00",
        "1450.00",
    ]
    assert [str(line.line_price_incl_tax) for line in (first, second)] == ["2482.58", "1199.92"]
    # ₹2,482.58 a piece: the kurta falls from 18 % to 5 %.
    assert [str(line.gst_rate) for line in (first, second)] == ["5.00", "12.00"]
    assert [(str(line.taxable), str(line.cgst), str(line.sgst)) for line in (first, second)] == [
        ("2364.36", "59.11", "59.11"),
        ("1071.36", "64.28", "64.28"),
    ]
    assert [str(part.items_total) for part in placed.seller_orders.order_by("pk")] == [
        "2482.58",
        "1199.92",
    ]
    assert [str(part.shipping_charge) for part in placed.seller_orders.all()] == ["0.00", "0.00"]
    assert [
        (row.category, row.offer_name, row.voucher_code, row.frequency, str(row.amount))
        for row in placed.discounts.order_by("pk")
    ] == [
        ("Basket", "Diwali", "", 1, "667.50"),
        ("Basket", "A hundred", "SHUBH100", 1, "100.00"),
        ("Shipping", "Post", "", 1, "120.00"),
    ]
    assert [
        (row.line == first, row.order_discount.offer_name, str(row.amount))
        for row in OrderLineDiscount.objects.order_by("pk")
    ] == [
        (True, "Diwali", "450.00"),
        (False, "Diwali", "217.50"),
        (True, "A hundred", "67.42"),
        (False, "A hundred", "32.58"),
    ]
    assert str(placed.total_incl_tax) == "3682.50"
    assert str(placed.shipping_incl_tax) == "0.00"
    assert placed.attempts.get().amount_paise == 368_250


def test_three_for_two_are_three_pieces_at_one_price():
    lota = make_product(price="1000.00", gst=GstRule(Decimal(12)))
    make_offer(Benefit.MULTIBUY, None, condition=(Condition.COUNT, 3))

    line = place(lota, quantity=3).lines.get()

    assert str(line.line_price_incl_tax) == "2000.00"
    assert (str(line.gst_rate), str(line.taxable)) == ("12.00", "1785.72")
    assert line.taxable + line.cgst + line.sgst == 2000


@pytest.mark.parametrize("state", ["09", "07"])
def test_the_tax_is_that_of_the_discounted_price(state):
    kurta = make_product(price="3499.00", gst=KURTA, hsn="6211")
    make_offer(Benefit.PERCENTAGE, 30)

    line = place(kurta, state=make_state(state)).lines.get()

    assert (str(line.line_price_incl_tax), str(line.gst_rate)) == ("2449.30", "5.00")
    assert line.taxable + line.cgst + line.sgst + line.igst == line.line_price_incl_tax
    assert str(line.igst) == ("0.00" if state == "09" else "116.63")
    assert str(line.line_price_before_discounts_excl_tax) == (
        "2965.26" if state == "09" else "2965.25"
    )


def test_a_discount_into_the_gap_of_gst_is_refused_and_nothing_is_written():
    kurta = make_product(price="3200.00", gst=KURTA, hsn="6211", stock=5)
    voucher = make_voucher("DIWALI10")
    basket = make_basket(kurta)
    basket.vouchers.add(voucher)

    with pytest.raises(BasketHasProblems) as caught:
        order(basket)

    assert [line.problem for line in caught.value.view.problems] == ["tax-gap"]
    assert nothing_written()
    assert stock_record(kurta).free == 5
    assert counters(voucher) == (0, "0.00")


# A price seen is a price paid.


def test_an_offer_that_ended_after_the_basket_was_seen_is_a_changed_total():
    lota = make_product(price="1000.00")
    offer = make_offer(Benefit.PERCENTAGE, 10)
    basket = make_basket(lota)
    assert str(basket_view(basket).total) == "900.00"
    ConditionalOffer.objects.filter(pk=offer.pk).update(end_datetime=now() - timedelta(seconds=1))

    with pytest.raises(TotalChanged, match="The total is now ₹1,060"):
        order(basket, expected="960.00")

    assert nothing_written()


def test_the_checkout_page_shows_the_new_total_with_the_buyers_email(client):
    voucher = make_voucher("WELCOME", usage=Voucher.ONCE_PER_CUSTOMER)
    place(make_product(price="1000.00"), vouchers=[voucher], email="asha@example.org")
    basket = make_basket(make_product(price="1000.00"))
    basket.vouchers.add(voucher)
    client.cookies["zila_basket"] = basket.token
    assert 'value="960.00"' in client.get("/en/checkout/").content.decode()

    refused = client.post("/en/checkout/", address_form(expected_total="960.00"))

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "The total is now ₹1,060. Please check it and order again." in text
    assert "WELCOME: You have used this voucher before." in text
    assert 'value="1060.00"' in text


# What the buyer reads.


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "For Diwali (voucher DIWALI10)"), ("hi", "दीवाली के लिए (वाउचर DIWALI10)")],
)
def test_order_page_and_letter_name_the_discounts(client, language, words):
    offer = make_offer(name="For Diwali / दीवाली के लिए", offer_type="Voucher")
    make_offer(Benefit.SHIPPING_ABSOLUTE, 10, name="Post")
    voucher = make_voucher("DIWALI10", offer)
    placed = place(make_product(price="1000.00"), vouchers=[voucher], language=language)

    confirm_order(placed)

    page = client.get(f"/{language}/orders/{placed.token}/").content.decode()
    for text in (page, mail.outbox[0].body, mail.outbox[0].alternatives[0][0]):
        assert words in text
        assert all(amount in text for amount in ("₹1,000", "-₹100", "₹60", "-₹10", "₹950"))


def test_an_order_view_adds_up():
    make_offer(Benefit.PERCENTAGE, 10)
    make_offer(Benefit.SHIPPING_ABSOLUTE, 10)
    with translation.override("en"):
        view = order_view(place(make_product(price="1000.00")))

    assert (str(view.full_items_total), str(view.items_total)) == ("1000.00", "900.00")
    assert (str(view.full_shipping_total), str(view.shipping_total)) == ("60.00", "50.00")
    assert str(view.total) == "950.00"
