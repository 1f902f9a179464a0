"""Two sellers at their desks, each with a browser of their own."""

from dataclasses import dataclass

import pytest
from django.test import Client

from storefront.accounts.models import User
from storefront.partner.models import Partner
from tests.factories.catalogue import make_seller


@dataclass(frozen=True)
class Seat:
    """A person signed in at the desk of a seller."""

    user: User
    seller: Partner
    client: Client


def sit_down(name: str, *sellers: Partner) -> Seat:
    """Sign a new person in who acts for these sellers."""
    user = User.objects.create_user(f"{name}@example.org", "a long pass phrase")
    for seller in sellers:
        seller.users.add(user)
    client = Client()
    client.force_login(user)
    return Seat(user, sellers[0], client) if sellers else Seat(user, None, client)


@pytest.fixture
def seat(db) -> Seat:
    """The seller whose things the test is about."""
    return sit_down("meera", make_seller("Meera Potteries"))


@pytest.fixture
def other_seat(db) -> Seat:
    """Another seller, to whom nothing of this is shown."""
    return sit_down("salim", make_seller("Salim Brass"))
