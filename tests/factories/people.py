"""People with an account, and what they have in their pockets."""

import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from storefront.accounts.models import User

PASSWORD = "a long pass phrase"
PERIOD = 30


def make_asha(**facts: Any) -> User:
    """Take in Asha, who buys here; nobody has shown yet that her address is hers."""
    known = {"email": "asha@example.org", "password": PASSWORD, "first_name": "Asha"}
    return User.objects.create_user(**(known | facts))


def confirm_address(user: User) -> None:
    """Show that an account's address is its owner's."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def authenticator_code(secret: str, *, turns_ago: int = 0) -> str:
    """Return what an authenticator app shows at this moment, or showed some half minutes ago."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD - turns_ago))
