"""Money coming in: attempts, what the provider says, refunds, and the sweeps."""

from storefront.payment.gateways.base import GatewayDown
from storefront.payment.services.attempts import (
    give_up,
    open_page,
    page_to_pay,
    pay_again,
    start_attempt,
)
from storefront.payment.services.books import book_sale
from storefront.payment.services.cancel import (
    OwnRefund,
    approve,
    call_off,
    cancel,
    decline_refund,
)
from storefront.payment.services.catch_up import catch_up
from storefront.payment.services.codes import CodeRefused, NoNewCode, ask_code, confirm_promise
from storefront.payment.services.events import receive, work_waiting
from storefront.payment.services.plan import (
    AlreadyCancelled,
    NoSuchLine,
    NothingChosen,
    NotPaidYet,
    Plan,
    plan,
)
from storefront.payment.services.promises import promise
from storefront.payment.services.reconcile import compare
from storefront.payment.services.refunds import send_refunds
from storefront.payment.services.refusals import NotPayable
from storefront.payment.services.starts import TooManyStarts, forget_starts
from storefront.payment.services.sweep import poll, sweep
from storefront.payment.services.switching import pay_at_door, price_at_door, purchase_of
from storefront.payment.services.sync import sync
from storefront.payment.services.to_our_bank import look_at_payouts
from storefront.payment.services.waiting import tell_who_has_not_paid

__all__ = [
    "AlreadyCancelled",
    "CodeRefused",
    "GatewayDown",
    "NoNewCode",
    "NoSuchLine",
    "NotPaidYet",
    "NotPayable",
    "NothingChosen",
    "OwnRefund",
    "Plan",
    "TooManyStarts",
    "approve",
    "ask_code",
    "book_sale",
    "call_off",
    "cancel",
    "catch_up",
    "compare",
    "confirm_promise",
    "decline_refund",
    "forget_starts",
    "give_up",
    "look_at_payouts",
    "open_page",
    "page_to_pay",
    "pay_again",
    "pay_at_door",
    "plan",
    "poll",
    "price_at_door",
    "promise",
    "purchase_of",
    "receive",
    "send_refunds",
    "start_attempt",
    "sweep",
    "sync",
    "tell_who_has_not_paid",
    "work_waiting",
]
