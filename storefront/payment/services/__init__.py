"""Money coming in: attempts, what the provider says, refunds, and the sweeps."""

from storefront.payment.services.attempts import (
    NotPayable,
    give_up,
    open_page,
    page_to_pay,
    pay_again,
    start_attempt,
)
from storefront.payment.services.events import receive
from storefront.payment.services.refunds import send_refunds
from storefront.payment.services.sweep import poll, sweep
from storefront.payment.services.sync import sync

__all__ = [
    "NotPayable",
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
