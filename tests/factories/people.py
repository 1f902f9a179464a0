"""What people have in their pockets."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

PERIOD = 30


def authenticator_code(secret: str) -> str:
    """Return what an authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
