"""What is talked about."""

import pytest

from storefront.catalogue.models import Product
from tests.factories.catalogue import make_product


@pytest.fixture
def lota() -> Product:
    return make_product()
