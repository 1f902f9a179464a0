"""Giving money back: the row first, then the provider, with the row's id as the key."""

import logging

from storefront.payment.gateways.base import GatewayDown, GatewayRefused
from storefront.payment.gateways.registry import gateway_of
from storefront.payment.models import Refund
from storefront.payment.queries import is_disputed
from storefront.payment.rules import RefundState
from storefront.payment.services.sync import sync

logger = logging.getLogger(__name__)


def send_refunds() -> int:
    """
    Send the refunds that wait to the provider; return how many were sent.

    A crash in between repeats the call with the same key, and the provider pays once.
    """
    waiting = Refund.objects.filter(state=RefundState.NEW).select_related("attempt")
    return sum(_send(refund) for refund in waiting.order_by("created_at", "pk"))


def _send(refund: Refund) -> bool:
    """Send one refund; it stays new until a look at the provider has shown it."""
    if is_disputed(refund.charge):
        _leave_to_a_person(refund, "the charge is disputed")
        return False
    try:
        movement = gateway_of(refund.attempt.provider).refund(
            refund.charge,
            amount_paise=refund.amount_paise,
            # One that the provider refused may be tried again with less: another wish.
            key=f"ref:{refund.pk}:{refund.amount_paise}",
            refund_id=str(refund.pk),
        )
        Refund.objects.filter(pk=refund.pk, provider_refund=None).update(
            provider_refund=movement.reference
        )
        sync(refund.attempt)
    except GatewayDown:
        return False
    except GatewayRefused as error:
        _leave_to_a_person(refund, error.reason)
        return False
    return True


def _leave_to_a_person(refund: Refund, why: str) -> None:
    """Put a refund before staff, unless a look has meanwhile shown that it went out."""
    logger.error("refund %s needs a person: %s", refund.pk, why)
    Refund.objects.filter(pk=refund.pk, state=RefundState.NEW).update(state=RefundState.REVIEW)
