"""The terms of payment, as staff write them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.atlas.rules import clean_pin
from storefront.core.kept import forget
from storefront.core.refusals import Refusal
from storefront.payment.models import NoCashPin, PaymentTerms
from storefront.payment.queries import terms_on


class TermsRefused(Refusal):
    """These terms cannot be written."""

    code = "terms-refused"


def set_terms(day: date, *, facts: Mapping[str, Any], by: User | None, today: date) -> PaymentTerms:
    """
    Write the terms from a day on; of the same day, the last ones count.

    Raises:
        TermsRefused: the day is over: orders were placed by what held then.
    """
    if day < today:
        raise TermsRefused(gettext("Terms cannot begin in the past."))
    found, _ = PaymentTerms.objects.update_or_create(
        valid_from=day, defaults=dict(facts) | {"set_by": by}
    )
    forget(terms_on)
    return found


def add_pin(text: str, *, by: User | None) -> None:
    """
    List a PIN code at which nobody pays at the door; once is enough.

    Raises:
        TermsRefused: it is no PIN code.
    """
    pin = clean_pin(text)
    if not pin:
        raise TermsRefused(gettext("A PIN code has six digits and does not start with 0."))
    NoCashPin.objects.get_or_create(pin=pin, defaults={"added_by": by})


def remove_pin(pin: str) -> None:
    """Take a PIN code off the list."""
    NoCashPin.objects.filter(pin=pin).delete()
