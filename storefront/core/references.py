"""Numbers and tokens that nobody can guess or misread."""

import secrets
from uuid import UUID

# No 0/O, 1/I/L, 5/S, 8/B: numbers are read out on the phone.
READABLE = "ACDEFGHJKMNPQRTUVWXYZ2346790".replace("0", "")


def order_number() -> str:
    """Return a random order number such as ZK-7QX2-M4TD: 27^8, some 280 thousand million."""
    letters = "".join(secrets.choice(READABLE) for _ in range(8))
    return f"ZK-{letters[:4]}-{letters[4:]}"


def token() -> str:
    """Return an unguessable token of 32 characters, safe in an address."""
    return secrets.token_urlsafe(24)


def uuid_of(text: str) -> UUID | None:
    """Return the key somebody sent, or nothing if it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
