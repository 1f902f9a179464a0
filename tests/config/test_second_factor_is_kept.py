"""A second factor counts from the moment it is set up to the moment it is taken away."""

from typing import Any

import pytest
from django.test import Client

from storefront.accounts.models import User
from tests.config.test_second_factor import EMAIL, PASSWORD, set_one_up, sign_in
from tests.factories.catalogue import make_seller


# allauth tells of it when all is written, which a test that is rolled back never is.
@pytest.mark.usefixtures("own_database")
def test_who_sets_one_up_is_let_in_and_who_takes_it_away_is_not(
    client: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    make_seller(users=[User.objects.create_user(EMAIL, PASSWORD)])
    sign_in(client)

    codes = set_one_up(client).get_unused_codes()
    shown = client.get("/en/account/2fa/recovery-codes/").content.decode()
    after = client.get("/seller/orders/")
    client.post("/en/account/2fa/totp/deactivate/")
    at_last = client.get("/seller/orders/")

    assert len(codes) == 10
    assert all(code in shown for code in codes)
    assert after.status_code == 200
    assert (at_last.status_code, at_last["Location"]) == (302, "/en/account/2fa/")
