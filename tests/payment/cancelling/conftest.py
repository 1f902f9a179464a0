"""Every cancellation is met with delivery rates, sellers' terms and an empty offline Stripe."""

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from storefront.partner.services import load_rates
from tests.factories.purchase import make_post
from tests.partner.test_terms import RATES


@pytest.fixture(autouse=True)
def double(stripe_double: OfflineStripe, db: None) -> OfflineStripe:
    make_post()
    load_rates(RATES)
    return stripe_double
