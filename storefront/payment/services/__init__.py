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
from storefront.payment.services.cancel import (
    KeyReused,
    OwnRefund,
    approve,
    call_off,
    cancel,
    decline_refund,
)
from storefront.payment.services.catch_up import catch_up
from storefront.payment.services.events import receive
from storefront.payment.services.plan import (
    AlreadyCancelled,
    NoSuchLine,
    NothingChosen,
    NotPaidYet,
    Plan,
    plan,
)
from storefront.payment.services.reconcile import compare
from storefront.payment.services.refunds import send_refunds
from storefront.payment.services.sweep import poll, sweep
from storefront.payment.services.sync import sync

__all__ = [
    "AlreadyCancelled",
    "GatewayDown",
    "KeyReused",
    "NoSuchLine",
    "NotPaidYet",
    "NotPayable",
    "NothingChosen",
    "OwnRefund",
    "Plan",
    "approve",
    "call_off",
    "cancel",
    "catch_up",
    "compare",
    "decline_refund",
    "give_up",
    "open_page",
    "page_to_pay",
    "pay_again",
    "plan",
    "poll",
    "receive",
    "send_refunds",
    "start_attempt",
    "sweep",
    "sync",
]
