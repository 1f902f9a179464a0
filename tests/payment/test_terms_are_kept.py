"""Terms and rates are kept for seconds, and whoever writes new ones sees them at once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from storefront.partner.queries import terms_of
from storefront.partner.rules import RateName
from storefront.partner.services import set_rate
from storefront.payment.queries import terms_on
from storefront.payment.services.terms import set_terms
from storefront.shipping.queries import rate_table
from storefront.shipping.rules import Zone
from storefront.shipping.services import load_rates
from tests.factories.catalogue import make_seller

pytestmark = pytest.mark.django_db
DAY = date(2031, 5, 4)  # kept answers outlive a test, so on a day of its own


@pytest.fixture(autouse=True)
def kept_long(settings: Any) -> None:
    settings.RATES_KEPT_SECONDS = 1000


def test_new_terms_of_payment_hold_for_whoever_wrote_them() -> None:
    before = terms_on(DAY)

    set_terms(DAY, facts={"cash_most": Decimal(5000)}, by=None, today=DAY)

    found = terms_on(DAY)
    assert found is not None
    assert before != found
    assert found.cash_most == 5000


def test_a_new_rate_of_sellers_holds_for_whoever_wrote_it() -> None:
    seller = make_seller("One")
    set_rate(RateName.COMMISSION, percent=Decimal(8), valid_from=DAY)
    before = terms_of([seller], on=DAY)[seller.pk].commission

    set_rate(RateName.COMMISSION, percent=Decimal(9), valid_from=DAY)

    assert (before, terms_of([seller], on=DAY)[seller.pk].commission) == (8, 9)


def test_a_new_charge_of_delivery_holds_for_whoever_wrote_it() -> None:
    row = {"zone": Zone.STATE.value, "up_to_g": "500", "days_min": "1", "days_max": "2"}
    row["valid_from"] = DAY.isoformat()
    load_rates([row | {"charge": "40"}])
    before = rate_table(DAY).rates[Zone.STATE][0].charge

    load_rates([row | {"charge": "45"}])

    assert (before, rate_table(DAY).rates[Zone.STATE][0].charge) == (40, 45)
