"""Asha, who buys here, and her browser."""

import pytest
from django.test import Client

from storefront.accounts.models import User


@pytest.fixture
def asha() -> User:
    return User.objects.create_user("asha@example.org", "a long pass phrase", first_name="Asha")


@pytest.fixture
def signed_in(client: Client, asha: User) -> Client:
    client.force_login(asha)
    return client
