"""Giving money back: the row first, then the provider, with the row's id as the key."""

from typing import cast

from storefront.core.plugs import plug
from storefront.payment.gateways.base import Gateway, GatewayDown, GatewayRefused
from storefront.payment.models import Refund
from storefront.payment.rules import RefundState
from storefront.payment.services.sync import REFUND_STATE, sync


def send_refunds() -> int:
    """
    Send the refunds that wait to the provider; return how many were sent.

    A crash in between repeats the call with the same key, and the provider pays once.
    """
    gateway = cast(Gateway, plug("PAYMENT_GATEWAY")())
    sent = 0
    waiting = Refund.objects.filter(state=RefundState.NEW).select_related("attempt")
    for refund in waiting.order_by("created_at", "pk"):
        try:
            movement = gateway.refund(
                refund.charge,
                amount_paise=refund.amount_paise,
                key=f"ref:{refund.pk}:create",
                refund_id=str(refund.pk),
            )
        except GatewayDown:
            continue
        except GatewayRefused:
            Refund.objects.filter(pk=refund.pk).update(state=RefundState.REVIEW)
            continue
        Refund.objects.filter(pk=refund.pk).update(
            state=REFUND_STATE.get(movement.state, RefundState.REVIEW),
            provider_refund=movement.reference,
        )
        sync(refund.attempt)
        sent += 1
    return sent
