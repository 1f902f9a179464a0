"""A shop that can be bought in, and an order that waits for its money."""

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed
from tests.factories.purchase import make_post
from tests.payment.steps import place


@pytest.fixture
def open_shop(db: None, stripe_double: OfflineStripe) -> None:
    """A shop that knows what delivery costs, beside the offline Stripe."""
    make_post()


@pytest.fixture
def placed(open_shop: None) -> Placed:
    """An order that waits at the payment page."""
    return place()
