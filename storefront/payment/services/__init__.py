"""Money coming in: attempts, what the provider says, refunds, and the sweeps."""

from storefront.payment.gateways.base import GatewayDown
from storefront.payment.services.attempts import (
    NotPayable,
    give_up,
    open_page,
    page_to_pay,
    pay_again,
    start_attempt,
)
from storefront.payment.services.catch_up import catch_up
from storefront.payment.services.events import receive
from storefront.payment.services.reconcile import compare
from storefront.payment.services.refunds import send_refunds
from storefront.payment.services.sweep import poll, sweep
from storefront.payment.services.sync import sync

__all__ = [
    "GatewayDown",
    "NotPayable",
    "catch_up",
    "compare",
    "give_up",
    "open_page",
    "page_to_pay",
    "pay_again",
    "poll",
    "receive",
    "send_refunds",
    "start_attempt",
    "sweep",
    "sync",
]
