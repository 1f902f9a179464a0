"""What is asked of the settings before the shop starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def sellers_wait_for_returns(app_configs: Any, **_others: Any) -> list[CheckMessage]:
    """Refuse to pay sellers for what buyers may still send back."""
    if settings.PAYOUT_AFTER_DAYS >= settings.RETURN_DAYS:
        return []
    message = "Sellers would be paid after {} days for what may be sent back for {}."
    return [
        Error(
            message.format(settings.PAYOUT_AFTER_DAYS, settings.RETURN_DAYS),
            hint="PAYOUT_AFTER_DAYS must not be smaller than RETURN_DAYS.",
            id="payouts.E001",
        )
    ]
