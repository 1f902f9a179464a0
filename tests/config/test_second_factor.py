"""Who works here needs a second factor, gives it once, and is let in."""

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from storefront.accounts.models import User
from tests.factories.catalogue import make_seller

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(client: Client, settings: Any) -> User:
    """Somebody at the desk who signed in with a password alone."""
    settings.SECOND_FACTOR_REQUIRED = True
    user = User.objects.create_user("s@example.org", "a long password")
    make_seller(users=[user])
    client.post("/account/login/", {"login": "s@example.org", "password": "a long password"})
    return user


def test_who_has_no_second_factor_is_sent_to_set_one_up(client: Client, seller: User) -> None:
    answer = client.get("/seller/orders/")

    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")


def test_who_has_just_set_one_up_is_asked_for_it_and_then_let_in(
    client: Client, seller: User
) -> None:
    TOTP.activate(seller, generate_totp_secret())
    code = RecoveryCodes.activate(seller).get_unused_codes()[0]

    asked = client.get("/seller/orders/")
    given = client.post(asked["Location"], {"code": code})

    assert given["Location"] == "/seller/orders/"
    assert client.get("/seller/orders/").status_code == 200
