"""What people have in their pockets."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

PERIOD = 30


def authenticator_code(secret: str, *, turns_ago: int = 0) -> str:
    """Return what an authenticator app shows at this moment, or showed some half minutes ago."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD - turns_ago))
