"""The bare site, which every test of the pages needs."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from cms.correspondents import give_district
from cms.planting import plant_site
from cms.roles import grant_page_permissions
from storefront.accounts.models import User
from storefront.accounts.roles import Role
from tests.factories.catalogue import make_district


@pytest.fixture(autouse=True)
def _site(request: pytest.FixtureRequest) -> None:
    if "own_database" not in request.fixturenames:
        request.getfixturevalue("db")
        plant_site()


@pytest.fixture
def editor() -> Client:
    """A signed-in editor."""
    return member(Role.EDITOR)


@pytest.fixture
def moderator() -> Client:
    """A signed-in moderator."""
    return member(Role.MODERATOR)


@pytest.fixture
def correspondent() -> Client:
    """A signed-in correspondent of Moradabad."""
    client = member(Role.CORRESPONDENT)
    give_district(User.objects.get(email="correspondent@example.org"), make_district())
    return client


def member(role: Role) -> Client:
    """Sign somebody with a role in."""
    grant_page_permissions()
    user = User.objects.create_user(f"{role.name.lower()}@example.org", "a long enough one")
    user.groups.add(Group.objects.get(name=role.value))
    client = Client()
    client.force_login(user)
    return client
