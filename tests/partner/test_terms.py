"""What is kept back of sellers' money: by rates with dates, frozen in each order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.ledger.models import Journal
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account
from storefront.partner.queries import terms_of
from storefront.partner.rules import Kept, RateName, SellerKind, Terms, kept_back
from storefront.partner.services import load_rates, set_rate
from tests.factories.catalogue import make_product, make_seller
from tests.factories.orders import make_order, make_shipped, part_of

TERMS = Terms(*map(Decimal, ("10", "18", "0.5", "0.1")))
RATES = [
    {"name": "commission", "percent": "10", "valid_from": "2025-04-01"},
    {"name": "commission-gst", "percent": "18", "valid_from": "2017-07-01"},
    {"name": "tcs", "percent": "1", "valid_from": "2018-10-01"},
    {"name": "tcs", "percent": "0.5", "valid_from": "2024-07-10"},
    {"name": "tds", "percent": "0.1", "valid_from": "2024-10-01"},
]


def test_commission_its_gst_and_both_taxes_are_kept_back_of_the_goods() -> None:
    kept = kept_back(
        TERMS, goods=Decimal("1000.00"), net_taxable=Decimal("892.86"), within_state=True
    )

    assert kept == Kept(*map(Decimal, ("100.00", "18.00", "4.46", "1.00")))


def test_each_sum_is_rounded_half_up_for_itself() -> None:
    kept = kept_back(
        TERMS, goods=Decimal("499.95"), net_taxable=Decimal("476.19"), within_state=False
    )

    assert kept == Kept(*map(Decimal, ("50.00", "9.00", "2.38", "0.50")))


def test_no_tax_is_collected_at_source_from_an_enrolled_seller() -> None:
    assert TERMS.for_kind(SellerKind.ENROLLED) == Terms(
        Decimal(10), Decimal(18), tcs=Decimal(0), tds=Decimal("0.1")
    )
    assert TERMS.for_kind(SellerKind.COMPOSITION) == TERMS


@pytest.mark.django_db
def test_the_rate_of_the_day_holds_and_what_is_agreed_with_one_seller_goes_first() -> None:
    one, other = make_seller("One"), make_seller("Other")
    load_rates(RATES)
    load_rates(RATES)
    agreed = date(2025, 5, 1)
    set_rate(RateName.COMMISSION, percent=Decimal("7.5"), valid_from=agreed, seller=one)

    before = terms_of([one, other], on=agreed - timedelta(days=1))
    after = terms_of([one, other], on=agreed)

    assert (before[one.pk], before[other.pk]) == (TERMS, TERMS)
    assert (after[one.pk].commission, after[other.pk].commission) == (Decimal("7.5"), Decimal(10))
    assert terms_of([one], on=date(2024, 7, 9))[one.pk].tcs == 1


@pytest.mark.django_db
def test_a_delivered_part_earns_by_the_terms_of_the_day_of_its_order() -> None:
    load_rates(RATES)
    seller = make_seller()
    order = make_order(make_product(seller=seller, price="1000.00"))
    set_rate(RateName.COMMISSION, percent=Decimal(50), valid_from=date(2025, 6, 1))
    part = make_shipped(part_of(order))

    fulfilment.deliver(part, by=None, now=now())
    fulfilment.deliver(part, by=None, now=now())

    assert Journal.objects.get().key == f"earned:{part.number}"
    assert balances(order=order) == {
        Account.COMMISSION: -10_000,
        Account.GST_OUTPUT: -1_800,
        Account.SELLER_PAYABLE: 12_346,
        Account.TCS_PAYABLE: -446,
        Account.TDS_PAYABLE: -100,
    }
    assert owed_to(seller) == -12_346


@pytest.mark.django_db
def test_without_rates_nothing_is_kept_back() -> None:
    part = make_shipped(part_of(make_order(make_product())))

    fulfilment.deliver(part, by=None, now=now())

    assert not Journal.objects.exists()
