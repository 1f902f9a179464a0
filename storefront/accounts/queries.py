"""What is known of a person besides the login."""

from allauth.account.models import EmailAddress
from django.utils.translation import get_language

from storefront.accounts.models import Consent, User
from storefront.accounts.rules import Purpose


def has_confirmed_address(user: User) -> bool:
    """Return whether the address of an account was shown to be its owner's."""
    addresses = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    return bool(addresses.exists())


def language_of(user: User | None, *, otherwise: str = "") -> str:
    """
    Return in which language to write to somebody: as they chose.

    Who chose none is written to in the one named, or that of the moment.
    """
    return (user.language if user else "") or otherwise or (get_language() or "en")[:2]


def last_consent(user: User, purpose: Purpose) -> Consent | None:
    """Return what somebody last said to a purpose; nothing if they never did: that is a no."""
    return Consent.objects.filter(user=user, purpose=purpose).order_by("-pk").first()


def may_send(user: User, purpose: Purpose) -> bool:
    """Return whether a letter that nobody needs may be sent."""
    last = last_consent(user, purpose)
    return last is not None and last.is_given
