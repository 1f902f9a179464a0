"""What must be true of the shop and the provider, at any moment and at rest."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import F, Sum
from django_tasks_db.models import DBTaskResult

from storefront.ledger.models import Entry
from storefront.ledger.queries import balances
from storefront.ledger.rules import Account
from storefront.order.models import Cancellation, Order, StateChange
from storefront.order.rules import OrderState
from storefront.partner.models import StockRecord
from storefront.payment.models import (
    CashPromise,
    MoneyMovement,
    PaymentAttempt,
    ProviderEvent,
    ProviderPayout,
    Refund,
)
from storefront.payment.rules import LIVE, PAYOUT_BACK, EventState, MoneyKind, RefundState
from storefront.payment.services.audit import audit
from storefront.stock.models import Hold
from storefront.stock.queries import differences
from tests.payment.machine.ground import Ground

# A person sees to these; the money is known, and written down as owed to the buyer.
WITH_A_PERSON = (RefundState.REVIEW, RefundState.FAILED)
Wrong = Iterator[str]


def say_if(wrong: Iterable[str]) -> None:
    """Fail with everything that is wrong."""
    if found := list(wrong):
        raise AssertionError("\n".join(found))


def counted(ground: Ground) -> Counter[str]:
    """Return how much of what happened in a schedule, so that a run can say what it was made of."""
    refunds = Refund.objects.exclude(automatic_for=None)
    return Counter(
        {
            "schedules": 1,
            "orders": Order.objects.count(),
            "confirmed": StateChange.objects.filter(seller_order=None, new="confirmed").count(),
            "cancelled": StateChange.objects.filter(seller_order=None, new="cancelled").count(),
            "revived": StateChange.objects.filter(seller_order=None, reason="late payment").count(),
            "pages": len(ground.there("checkout.session")),
            "charges": sum(each["paid"] for each in ground.there("charge")),
            "taken back": Cancellation.objects.count(),
            "sent back by the shop": refunds.filter(reason="not-needed").count(),
            "refunds in the dashboard": Refund.objects.filter(reason="external").count(),
            "refunds that came back": Refund.objects.filter(state=RefundState.FAILED).count(),
            "payouts": ProviderPayout.objects.count(),
            "payouts that came back": ProviderPayout.objects.filter(state__in=PAYOUT_BACK).count(),
            "disputes": len(ground.there("dispute")),
            "promises": CashPromise.objects.count(),
            "promises kept": CashPromise.objects.exclude(confirmed_at=None).count(),
            "messages": ProviderEvent.objects.count(),
        }
    )


def always() -> Wrong:
    """Return what is wrong at any moment, however much is half done."""
    yield from (f"stock: {each}" for each in differences())
    if total := Entry.objects.aggregate(paise=Sum("amount_paise"))["paise"]:
        yield f"the books are {total} paise out of balance"
    kept = Counter(
        MoneyMovement.objects.filter(kind=MoneyKind.CAPTURE)
        .exclude(reference__in=Refund.objects.exclude(automatic_for=None).values("automatic_for"))
        .exclude(order__status=OrderState.PENDING_PAYMENT)
        .values_list("order", flat=True)
    )
    yield from (f"order {order} keeps {n} charges" for order, n in kept.items() if n > 1)


def at_rest(ground: Ground) -> Wrong:
    """Return what is wrong after every job has run until nothing changes any more."""
    yield from always()
    yield from _everything_is_over()
    yield from _money(ground)
    yield from _refunds(ground)
    yield from _stock()
    yield from _letters()
    sessions = Counter(each["client_reference_id"] for each in ground.there("checkout.session"))
    yield from (f"{n} pages for attempt {it}" for it, n in sessions.items() if n > 1)
    yield from (f"audit: {line}" for line in audit())


def _everything_is_over() -> Wrong:
    for order in Order.objects.filter(status=OrderState.PENDING_PAYMENT):
        yield f"order {order.number} waits for ever"
    for attempt in PaymentAttempt.objects.filter(state__in=LIVE):
        yield f"attempt {attempt.pk} is {attempt.state} for ever"
    to_do = (EventState.RECEIVED, EventState.FAILED, EventState.DEAD)
    for event in ProviderEvent.objects.filter(state__in=to_do):
        yield f"message {event} is {event.state}: {event.error}"


def _money(ground: Ground) -> Wrong:
    """Every charge is known, and pays a confirmed order or goes back."""
    known = dict(
        MoneyMovement.objects.filter(kind=MoneyKind.CAPTURE).values_list("reference", "order")
    )
    statuses = dict(Order.objects.values_list("pk", "status"))
    going_back = set(Refund.objects.exclude(automatic_for=None).values_list("automatic_for"))
    for charge in ground.there("charge"):
        name, left = charge["id"], charge["amount"] - charge["amount_refunded"]
        if charge["status"] != "succeeded":
            continue
        if name not in known:
            yield f"charge {name} is unknown to the shop"
        elif statuses[known[name]] != OrderState.CONFIRMED and left and not charge["disputed"]:
            refunds = Refund.objects.filter(charge=name, state__in=WITH_A_PERSON)
            if not refunds.exists():
                yield f"charge {name} of {left} paise pays for nothing"
        elif statuses[known[name]] == OrderState.CONFIRMED and (name,) in going_back and left:
            refunds = Refund.objects.filter(charge=name, state__in=WITH_A_PERSON)
            if not refunds.exists() and not charge["disputed"]:
                yield f"charge {name} is too much and stays"
    theirs = sum(row["net"] for row in ground.there("balance_transaction"))
    ours = balances().get(Account.GATEWAY_CLEARING, 0)
    if theirs != ours:
        yield f"the provider holds {theirs} paise for the shop, its books say {ours}"


def _refunds(ground: Ground) -> Wrong:
    known = set(
        MoneyMovement.objects.filter(kind=MoneyKind.REFUND).values_list("reference", flat=True)
    )
    wished = Counter(each["metadata"].get("refund", "") for each in ground.there("refund"))
    yield from (f"refund {it} was made {n} times" for it, n in wished.items() if it and n > 1)
    for refund in ground.there("refund"):
        if refund["id"] not in known:
            yield f"refund {refund['id']} is unknown to the shop"
    for row in Refund.objects.filter(state=RefundState.NEW):
        yield f"refund {row.pk} was never sent"


def _stock() -> Wrong:
    """What is promised is what confirmed orders have, and what baskets hold."""
    for record in StockRecord.objects.all():
        lines = record.line_set.filter(order__status=OrderState.CONFIRMED)
        sold = lines.aggregate(n=Sum(F("quantity") - F("cancelled_quantity")))["n"]
        held = Hold.objects.filter(stockrecord=record).aggregate(n=Sum("quantity"))["n"]
        if record.num_allocated != (sold or 0) + (held or 0):
            yield f"{record.num_allocated} promised, {sold} sold and {held} held"


def _letters() -> Wrong:
    """An order is confirmed as often as its table says, with a letter each time."""
    confirmed = StateChange.objects.filter(seller_order=None, new=OrderState.CONFIRMED).count()
    words = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    letters = sum(each["args"][:1] == ["order_confirmed"] for each in words)
    if letters != confirmed:
        yield f"{letters} letters for {confirmed} confirmations"
