"""How often payments may be started: stolen cards are tried out where nobody counts."""

from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from storefront.core.together import insert_together
from storefront.payment.models import PaymentAttempt, StartsInHour
from storefront.payment.services.refusals import NotPayable

KEPT_FOR = timedelta(days=1)
COUNT = """
    INSERT INTO payment_startsinhour (who, hour, count)
    SELECT who, %s, 1 FROM unnest(%s::text[]) AS who ORDER BY who
    ON CONFLICT (who, hour) DO UPDATE SET count = payment_startsinhour.count + 1
    RETURNING count
"""


class TooManyStarts(NotPayable):
    """Too many payments were started for an order, or by one buyer in an hour."""

    code = "too-many-payments"


def write_counted(attempt: PaymentAttempt, *, came_from: str, now: datetime) -> PaymentAttempt:
    """
    Write an attempt, and count it for the buyer's address, e-mail and phone in this clock hour.

    Inside a transaction. The counts are locked until it ends, so two at once are two; they are
    the last locks that placing an order takes. What is refused does not count.

    Raises:
        TooManyStarts: one of them reached the limit; the next hour starts at nought. The
            transaction is to be rolled back.
    """
    order = attempt.order
    phone = order.shipping_address.phone_number if order.shipping_address else ""
    told = {"address": came_from, "email": order.email.lower(), "phone": str(phone)}
    keys = [_digest(f"{kind}:{text}") for kind, text in told.items() if text]
    hour = now.replace(minute=0, second=0, microsecond=0)
    counts = insert_together([attempt], beside=[(COUNT, [hour, keys])])
    if max(counts, default=0) > settings.PAYMENT_STARTS_AN_HOUR:
        raise TooManyStarts(
            gettext("Too many payments were started within an hour. Please try again in an hour.")
        )
    return attempt


def forget_starts(*, now: datetime) -> int:
    """Forget the counts of yesterday and before; return how many there were."""
    return StartsInHour.objects.filter(hour__lt=now - KEPT_FOR).delete()[0]


def _digest(text: str) -> str:
    """Return a keyed digest: the counts need not know whom they count."""
    return blake2b(text.encode(), key=_key(settings.SECRET_KEY), digest_size=32).hexdigest()


@cache
def _key(secret: str) -> bytes:
    return salted_hmac("payment-starts", "", secret=secret, algorithm="sha256").digest()
