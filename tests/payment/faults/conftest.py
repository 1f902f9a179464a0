"""Every fault is met with delivery rates, an empty offline Stripe and nothing mocked."""

from collections.abc import Iterator

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from tests.factories.purchase import make_post


@pytest.fixture(autouse=True)
def double(stripe_double: OfflineStripe, db: None) -> Iterator[OfflineStripe]:
    make_post()
    yield stripe_double
    stripe_double.clock(offset=0)
