"""How the ways to pay are shown: the choice at the checkout, and what is left to pay later."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from storefront.checkout.queries import Option
from storefront.core.clock import clock_text, now
from storefront.core.money import ZERO, grouped
from storefront.order.models import SellerOrder
from storefront.order.queries import OrderPart, OrderView
from storefront.order.rules import Progress, SellerOrderState
from storefront.order.words import PART_WORDS
from storefront.payment.gateways.cash import NOT_OFFERED
from storefront.payment.gateways.registry import choices
from storefront.payment.models import PaymentAttempt
from storefront.payment.queries import CASH, cash_of, is_cash_order
from storefront.payment.rules import AttemptState, CashState, WayKind
from storefront.payment.services import price_at_door, purchase_of

Row = dict[str, Any]
TAKEN = {CashState.COLLECTED, CashState.REMITTED}


def ways_shown(found: Sequence[Option], picked: Option) -> list[Row]:
    """Return the choice of ways to pay: what each costs, or why it is not offered."""
    told = [
        each
        for each in found
        if each.objection is None or _is_worth_telling(each.way.kind, each.objection.code)
    ]
    return [
        {
            "name": each.way.name,
            "label": str(each.way.label),
            "total": f"{each.summary.total:.2f}",
            "total_text": each.summary.total_text,
            "note": each.objection.text if each.objection else _note(each),
            "is_offered": each.objection is None,
            "is_chosen": each.way.name == picked.way.name,
        }
        for each in told
    ]


def _is_worth_telling(kind: WayKind, code: str) -> bool:
    return kind != WayKind.NOTHING and code not in {NOT_OFFERED, "nothing-to-pay"}


def _note(option: Option) -> str:
    if option.summary.prepaid:
        return _("%(amount)s less, because you pay online.") % {
            "amount": grouped(option.summary.prepaid.amount)
        }
    if option.way.kind != WayKind.DOOR:
        return ""
    if option.summary.door_fee:
        return _("%(fee)s for paying at the door. You confirm the order with a code.") % {
            "fee": grouped(option.summary.door_fee)
        }
    return _("You confirm the order with a code that we send you.")


def cash_text(part: SellerOrder) -> str:
    """Return what a buyer reads of the cash for a parcel; nothing if there is none."""
    cash = cash_of(part)
    if cash is None:
        return ""
    amount = {"amount": grouped(cash.amount)}
    if cash.is_overpaid:
        return _("The courier took %(amount)s although you had paid: it goes back to you.") % amount
    if cash.state in TAKEN:
        return _("You paid the courier %(amount)s.") % amount
    if cash.state == CashState.REFUSED:
        return _("The parcel was not taken and went back.")
    if cash.state == CashState.DROPPED:
        return ""
    return _("Please give the courier %(amount)s in cash.") % amount


def part_word(part: OrderPart) -> Any:
    """Return in a word how far a part is; one to be paid at the door waits for a code."""
    cash = cash_of(part.source)
    if part.state == SellerOrderState.WAITING and cash and cash.state == CashState.TO_COLLECT:
        return _("To be confirmed")
    return PART_WORDS[part.state]


def cash_rows(view: OrderView) -> list[Row]:
    """Return the rows of an order's sum that paying at the door adds below its total."""
    cash = [each for part in view.parts if (each := cash_of(part.source))]
    standing = [each for each in cash if each.state not in {CashState.DROPPED, CashState.REFUSED}]
    if not standing or any(each.is_overpaid for each in standing):
        return []
    rounding = sum((each.rounding for each in standing), ZERO)
    rows = [{"label": _("Rounded to whole rupees"), "text": grouped(rounding, paise=True)}]
    amount = grouped(sum((each.amount for each in standing), ZERO))
    return [*(rows if rounding else []), {"label": _("In cash, to the couriers"), "text": amount}]


def door_fee(view: OrderView) -> Decimal:
    """Return what paying at the door costs of an order that is paid so, in rupees."""
    cash = [each for part in view.parts if (each := cash_of(part.source))]
    return sum((each.fee for each in cash if each.state != CashState.DROPPED), ZERO)


def payment_text(view: OrderView, attempts: Sequence[PaymentAttempt]) -> str:
    """Return in a word how an order is paid."""
    if view.progress == Progress.CANCELLED:
        return _("Cancelled")
    if is_cash_order(attempts):
        is_paid = any(each.state == AttemptState.CAPTURED for each in attempts)
        return _("Paid in cash") if is_paid else _("To be paid to the couriers in cash")
    if view.is_waiting:
        return _("Not paid yet")
    return _("Paid") if view.total else _("Nothing to pay")


def left_to_pay(view: OrderView, attempts: Sequence[PaymentAttempt]) -> Row | None:
    """
    Return what the buyer can still do about paying an order, and where; nothing if it is settled.

    `kind` is "code" (type the code of a letter), "cash" (give it to the courier, or pay online
    while no parcel left) or "pay" (go to the page, or pay the courier: `door`, or why not).
    """
    order = view.source
    links = {
        "online_url": reverse("order-pay", args=[order.token]),
        "cancel_url": reverse("order-cancel", args=[order.token]),
    }
    if any(each.state == AttemptState.PROMISED for each in attempts):
        return _promised(view, links)
    return links | _door(view) if view.is_waiting else None


def _promised(view: OrderView, links: Row) -> Row | None:
    order = view.source
    if view.is_waiting:
        text = _("We sent a code to %(email)s. Please type it until %(time)s.")
        until = clock_text(order.payable_until or now())
        return links | {
            "kind": "code",
            "text": text % {"email": order.email, "time": until},
            "code_url": reverse("order-code", args=[order.token]),
            "new_code_url": reverse("order-new-code", args=[order.token]),
        }
    was_sent = any(part.source.parcels.all() for part in view.parts)
    return None if was_sent else links | {"kind": "cash"}


def _door(view: OrderView) -> Row:
    """Return the form that changes an unpaid order to cash, or why it cannot be."""
    order = view.source
    slowest = max((line.lead_days for part in view.parts for line in part.lines), default=0)
    purchase = purchase_of(order, now=now(), lead_days=slowest)
    found = next(each for each in choices(purchase) if each.way.name == CASH)
    if found.objection is None:
        amount = grouped(price_at_door(order, terms=purchase.terms))
        text = _("Pay the courier %(amount)s in cash") % {"amount": amount}
        return {"kind": "pay", "door_url": reverse("order-door", args=[order.token]), "door": text}
    is_told = _is_worth_telling(found.way.kind, found.objection.code)
    return {"kind": "pay", "no_door": found.objection.text if is_told else ""}
