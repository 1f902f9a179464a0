"""A slip of the thumb is taken back with one tap, and never over somebody's order."""

import pytest
from bs4 import BeautifulSoup

from storefront.partner.models import StockRecord
from tests.desk.conftest import sit_down
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(seat):
    """A product of the seller: five pieces at ₹450."""
    return stock_record(make_product(seller=seat.seller, stock=5, price="450.00"))


def change(seat, record, **typed):
    """Save what was typed, and return the page that follows."""
    known = {"free": record.free, "price": record.price, "version": record.version}
    address = f"/seller/products/{record.pk}/"
    return seat.client.post(address, known | typed, follow=True)


def undo(seat, page):
    """Tap the page's undo."""
    [form] = BeautifulSoup(page.content, "html.parser").select("main > form.desk__action")
    sent = {each["name"]: each["value"] for each in form.select("input")}
    return seat.client.post(form["action"], sent, follow=True)


def now_of(record):
    fresh = StockRecord.objects.get(pk=record.pk)
    return fresh.free, str(fresh.price)


def test_the_page_after_saving_says_what_is_there_now_and_what_was_before(seat, record):
    page = change(seat, record, free=8, price=500).content.decode()

    assert "“Brass lota” is saved: 8 pieces are free, at ₹500." in page
    assert "Undo: 5 pieces at ₹450 again" in page


def test_one_tap_brings_back_both_stock_and_price(seat, record):
    page = change(seat, record, free=8, price=500)

    undone = undo(seat, page)

    assert now_of(record) == (5, "450.00")
    assert "Undo: 8 pieces at ₹500 again" in undone.content.decode()


def test_undo_leads_back_to_the_list_one_came_from(seat, record):
    page = change(seat, record, free=8, next="/seller/products/?show=low")

    undone = undo(seat, page)

    assert page.redirect_chain == undone.redirect_chain == [("/seller/products/?show=low", 302)]


def test_undo_is_offered_once(seat, record):
    change(seat, record, free=8)

    assert "Undo" not in seat.client.get("/seller/products/").content.decode()


def test_saving_nothing_new_offers_no_undo(seat, record):
    assert "Undo" not in change(seat, record).content.decode()


def test_what_was_sold_since_is_not_overwritten(seat, record):
    page = change(seat, record, free=8)
    make_order(record.product, quantity=2)

    undone = undo(seat, page)

    assert undone.status_code == 409
    assert now_of(record) == (6, "450.00")


def test_undo_speaks_hindi(seat, record):
    seat.client.get("/hi/account/")

    page = change(seat, record, free=8, price=500).content.decode()

    assert "वापस लें: फिर 5 नग, ₹450 में" in page


@pytest.mark.parametrize(("typed", "is_offered"), [({"price": 500}, False), ({"free": 8}, True)])
def test_a_price_with_paise_cannot_be_asked_for_again(seat, record, typed, is_offered):
    StockRecord.objects.filter(pk=record.pk).update(price="449.50")
    record.refresh_from_db()

    page = change(seat, record, **typed)

    assert ("Undo" in page.content.decode()) == is_offered
    if is_offered:
        undo(seat, page)
        assert now_of(record) == (5, "449.50")


def test_an_agent_is_not_offered_it_at_another_seller_s_desk(seat, record):
    other = make_seller("Brass House")
    agent = sit_down("anil", seat.seller, other)
    address = f"/seller/products/{record.pk}/"
    agent.client.post(address, {"free": 8, "price": 450, "version": record.version})

    agent.client.post("/seller/switch/", {"seller": other.pk})

    assert "Undo" not in agent.client.get("/seller/").content.decode()
