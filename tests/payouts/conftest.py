"""Sellers' terms, and the staff who pay them."""

import pytest

from storefront.accounts.models import User
from storefront.partner.services import load_rates
from tests.factories.payouts import make_clerk
from tests.partner.test_terms import RATES


@pytest.fixture(autouse=True)
def _rates(db: None) -> None:
    load_rates(RATES)


@pytest.fixture
def maker() -> User:
    return make_clerk("maker")


@pytest.fixture
def second() -> User:
    return make_clerk("second")
