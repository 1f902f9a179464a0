"""Sellers, and their offers of products at a price."""

from decimal import Decimal

import pytest

from storefront.gst.rules import GstRule, PriceInGap
from storefront.partner.models import Partner, StockRecord
from storefront.partner.rules import SellerKind
from storefront.partner.services import (
    OfferedAlready,
    PriceChangedMeanwhile,
    PriceRefused,
    TaxNumberRefused,
    offer_product,
    set_price,
)
from storefront.stock.models import StockMovement
from storefront.stock.rules import Reason
from tests.factories.catalogue import (
    make_draft,
    make_product,
    make_seller,
    make_state,
    stock_record,
)

pytestmark = pytest.mark.django_db

CLOTHES = GstRule(rate=Decimal(5), rate_above=Decimal(18))


def test_a_seller_needs_a_true_gstin():
    with pytest.raises(TaxNumberRefused):
        make_seller(gstin="09AABCZ1234F1Z0")

    assert not Partner.objects.exists()


def test_a_gstin_must_be_of_the_sellers_state():
    delhi = make_state("07")

    with pytest.raises(TaxNumberRefused, match="another state"):
        make_seller(gstin=make_seller().gstin, state=delhi)


def test_an_enrolled_seller_needs_no_gstin():
    seller = make_seller(kind=SellerKind.ENROLLED, enrolment_number="UPE00000001")

    seller.refresh_from_db()
    assert (seller.gstin, seller.enrolment_number) == ("", "UPE00000001")


def test_an_enrolled_seller_needs_the_enrolment_number():
    with pytest.raises(TaxNumberRefused, match="enrolment"):
        make_seller(kind=SellerKind.ENROLLED, enrolment_number="")


def test_a_new_offer_has_no_pieces_until_stock_is_counted():
    product = make_draft()

    record = offer_product(product, seller=make_seller(), price=Decimal("1450.005"), sku="A-1")

    record.refresh_from_db()
    assert (record.price, record.free, record.partner_sku) == (Decimal("1450.01"), 0, "A-1")


def test_the_first_count_of_stock_is_written_down():
    product = make_product(stock=7)

    movement = StockMovement.objects.get(stockrecord=stock_record(product))
    assert (movement.reason, movement.in_stock_change) == (Reason.IMPORT, 7)


def test_a_product_has_one_seller():
    product = make_product()

    with pytest.raises(OfferedAlready):
        offer_product(product, seller=make_seller("Another"), price=Decimal(10), sku="B-1")

    assert StockRecord.objects.filter(product=product).count() == 1


@pytest.mark.parametrize("price", ["0", "-5", "0.99", "NaN", "Infinity", "10000000.01", "1e30"])
def test_a_senseless_price_is_refused(price: str):
    record = stock_record(make_product())

    with pytest.raises(PriceRefused):
        set_price(record, price=Decimal(price), version=record.version, by=None)

    record.refresh_from_db()
    assert record.price == Decimal("1450.00")


@pytest.mark.parametrize("price", ["2625.01", "2700", "2950"])
def test_a_price_no_rate_fits_is_refused_with_the_bounds(price: str):
    record = stock_record(make_product(gst=CLOTHES, price=2000))

    with pytest.raises(PriceInGap, match="Between ₹2,625 and ₹2,950"):
        set_price(record, price=Decimal(price), version=record.version, by=None)

    record.refresh_from_db()
    assert record.price == Decimal("2000.00")


@pytest.mark.parametrize("price", ["2625", "2950.01"])
def test_prices_at_the_edges_of_the_gap_are_taken(price: str):
    record = stock_record(make_product(gst=CLOTHES, price=2000))

    changed = set_price(record, price=Decimal(price), version=record.version, by=None)

    assert changed.price == Decimal(price)


def test_a_price_in_the_gap_cannot_be_offered_either():
    with pytest.raises(PriceInGap):
        make_product(gst=CLOTHES, price=2700)

    assert not StockRecord.objects.exists()


def test_a_new_price_is_a_new_version():
    record = stock_record(make_product(price=100))

    set_price(record, price=Decimal(120), version=record.version, by=None)

    now = StockRecord.objects.get(pk=record.pk)
    assert (now.price, now.version) == (Decimal("120.00"), record.version + 1)


def test_the_same_price_changes_nothing():
    record = stock_record(make_product(price=100))

    set_price(record, price=Decimal("100.00"), version=record.version, by=None)

    assert StockRecord.objects.get(pk=record.pk).version == record.version


def test_the_second_of_two_edits_is_refused_and_told_the_price():
    record = stock_record(make_product(price=100))
    set_price(record, price=Decimal(120), version=record.version, by=None)

    with pytest.raises(PriceChangedMeanwhile, match="₹120"):
        set_price(record, price=Decimal(90), version=record.version, by=None)

    assert StockRecord.objects.get(pk=record.pk).price == Decimal("120.00")
