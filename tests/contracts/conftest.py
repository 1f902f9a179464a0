"""A shop with all its ways to pay, and one more."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as real

from fixtures.stripe_double.runner import OfflineStripe
from tests.contracts.toy import ToyPay
from tests.factories.cash import make_terms
from tests.factories.purchase import make_post


@pytest.fixture(autouse=True)
def shop(stripe_double: OfflineStripe, db: None, settings: Any) -> Iterator[OfflineStripe]:
    make_post()
    make_terms()
    settings.PAYMENT_WAYS = [*real.PAYMENT_WAYS, "tests.contracts.toy.ToyPay"]
    yield stripe_double
    ToyPay.pages.clear()
    ToyPay.sent.clear()
