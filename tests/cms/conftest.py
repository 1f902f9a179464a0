"""The bare site, which every test of the pages needs."""

import pytest
from django.test import Client

from cms.planting import plant_site
from cms.roles import grant_page_permissions
from storefront.accounts.models import User


@pytest.fixture(autouse=True)
def _site(db: None) -> None:
    plant_site()


@pytest.fixture
def editor() -> Client:
    """A signed-in editor."""
    return _member("Editors")


@pytest.fixture
def correspondent() -> Client:
    """A signed-in district correspondent."""
    return _member("District correspondents")


def _member(group: str) -> Client:
    from django.contrib.auth.models import Group

    grant_page_permissions()
    email = f"{group.lower().replace(' ', '-')}@example.org"
    user = User.objects.create_user(email=email, password="a long enough one")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client
