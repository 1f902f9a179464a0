"""Everything about money and stock, added up once more; whatever differs is a line."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from storefront.core.money import ZERO, from_paise, to_paise
from storefront.core.plugs import plugs
from storefront.ledger.models import Entry, Journal
from storefront.ledger.rules import Account, JournalKind
from storefront.order.models import Line, Order, SellerOrder
from storefront.order.rules import (
    CancellationState,
    OrderState,
    SellerOrderState,
    price_of_left,
)
from storefront.partner.models import StockRecord
from storefront.payment.gateways.registry import providers
from storefront.payment.models import Dispute, MoneyMovement, PaymentAttempt, Refund
from storefront.payment.queries import CASH, is_cash_awaited
from storefront.payment.rules import AttemptState, DisputeState, MoneyKind, RefundState
from storefront.payment.services.audit_cash import check_cash
from storefront.payment.services.audit_payouts import check_holdings, check_payouts, check_states
from storefront.payment.services.books import (
    JOURNALS,
    PAID,
    allotted_to,
    back_before,
    journal_key,
    paise_of,
)
from storefront.payment.services.earnings import kept_of
from storefront.payment.services.reconcile import missing_here, missing_there, our_rows

DONE = (SellerOrderState.DELIVERED, SellerOrderState.CLOSED)
SENT = (RefundState.NEW, RefundState.PENDING, RefundState.SUCCEEDED)
Lines = Iterator[str]


def audit(*, offline: bool = False) -> Lines:
    """
    Return a line for everything that does not add up; nothing is changed.

    `offline` leaves the provider's books out. Run it while nobody buys: it reads table by table.

    Raises:
        GatewayDown: the provider cannot be asked.
    """
    for check in (*CHECKS, *plugs("MONEY_CHECKS")):
        yield from check()
    if not offline:
        yield from _provider()


def _journals() -> Lines:
    sums = Journal.objects.annotate(total=Sum("entries__amount_paise"))
    for journal in sums.exclude(total=0).order_by("pk"):
        yield f"journal {journal.key}: adds up to {journal.total} paise"


def _orders() -> Lines:
    parts = SellerOrder.objects.filter(order=OuterRef("pk")).order_by().values("order")
    total = parts.annotate(sum=Sum(F("items_total") + F("shipping_charge"))).values("sum")
    for order in Order.objects.annotate(parts=Subquery(total)).order_by("pk").iterator():
        if order.parts != order.total_incl_tax:
            yield f"order {order.number}: ₹{order.total_incl_tax}, its parts ₹{order.parts}"
    goods = Coalesce(Sum("lines__line_price_incl_tax"), "items_total")
    wrong = SellerOrder.objects.annotate(goods=goods).exclude(goods=F("items_total"))
    for number, told, lines in wrong.order_by("pk").values_list("number", "items_total", "goods"):
        yield f"part {number}: goods ₹{told}, its lines ₹{lines}"


def _captures() -> Lines:
    """Look for the one charge that pays each prepaid order."""
    is_kept = Q(money__kind=MoneyKind.CAPTURE) & ~Q(
        money__reference__in=Refund.objects.exclude(automatic_for=None).values("automatic_for")
    )
    at_the_door = PaymentAttempt.objects.filter(provider=CASH).exclude(state=AttemptState.EXPIRED)
    prepaid = Order.objects.filter(status=OrderState.CONFIRMED, attempts__isnull=False)
    prepaid = prepaid.exclude(pk__in=at_the_door.values("order")).distinct()
    for order in prepaid.order_by("pk").iterator():
        kept = Order.objects.filter(is_kept, pk=order.pk).aggregate(
            count=Count("money"), paise=Coalesce(Sum("money__amount_paise"), 0)
        )
        if kept != {"count": 1, "paise": to_paise(order.total_incl_tax)}:
            yield (
                f"order {order.number}: ₹{order.total_incl_tax}, but {kept['count']} charges "
                f"of ₹{from_paise(kept['paise'])} are kept"
            )
    paid = PaymentAttempt.objects.exclude(provider=CASH).annotate(
        charges=Count("money", filter=Q(money__kind=MoneyKind.CAPTURE))
    )
    for attempt in paid.order_by("created_at", "pk").iterator():
        if (attempt.state == AttemptState.CAPTURED) != bool(attempt.charges):
            yield f"attempt {attempt.pk}: {attempt.state}, with {attempt.charges} charges"


def _money_rows() -> Lines:
    """Lay money rows and journals side by side, both ways."""
    debits = Sum("entries__amount_paise", filter=Q(entries__amount_paise__gt=0))
    told = {kind for kind, _ in JOURNALS.values()}
    journals = Journal.objects.filter(kind__in=told).annotate(debits=debits)
    written = dict(journals.values_list("key", "debits"))
    for row in MoneyMovement.objects.order_by("pk").iterator():
        key = journal_key(MoneyKind(row.kind), provider=row.provider, reference=row.reference)
        booked = written.pop(key, None)
        if booked != abs(row.amount_paise):
            yield f"money {key}: {row.amount_paise} paise, booked {booked}"
    prefixes = tuple(f"{kind}:" for kind in MoneyKind)
    for key in sorted(written):
        if key.startswith(prefixes):
            yield f"journal {key}: there is no such money"
    lost = {
        f"dispute-lost:{each.provider}:{each.reference}"
        for each in Dispute.objects.filter(state=DisputeState.LOST)
    }
    for key in Journal.objects.filter(kind=JournalKind.DISPUTE_LOST).values_list("key", flat=True):
        if key not in lost:
            yield f"journal {key}: that dispute is not lost"


def _buyers_money() -> Lines:
    """What lies on a buyer's account must be under way to the buyer."""
    entries = Entry.objects.filter(account=Account.BUYER_MONEY).values("journal__order")
    over = (RefundState.SUCCEEDED, RefundState.DECLINED)
    under_way = Refund.objects.exclude(state__in=over).filter(settled_at=None)
    owed = under_way.values("order").annotate(paise=Sum("amount_paise"))
    most = dict(owed.order_by().values_list("order", "paise"))
    for order, total in (
        entries.annotate(total=Sum("amount_paise"))
        .order_by("journal__order")
        .values_list("journal__order", "total")
    ):
        if not 0 <= -total <= most.get(order, 0):
            name = Order.objects.filter(pk=order).values_list("number", flat=True).first()
            yield f"order {name}: {-total} paise of its buyer lie still"


def _payables() -> Lines:
    """What each part is owed: goods and delivery, less what went back and what was kept."""
    sold = Journal.objects.filter(kind=JournalKind.SALE).values("order")
    parts = SellerOrder.objects.filter(order__in=sold).select_related("seller")
    for part in parts.prefetch_related("lines").order_by("pk").iterator(chunk_size=500):
        entries = Entry.objects.filter(
            account=Account.SELLER_PAYABLE, seller=part.seller_id, journal__order=part.order_id
        )
        owed = -(entries.aggregate(s=Sum("amount_paise"))["s"] or 0)
        due = owed_for(part)
        if owed != due:
            yield f"part {part.number}: owed {owed} paise, should be {due}"


def owed_for(part: SellerOrder) -> int:
    """Return what the shop owes for a part in paise, without looking into the books."""
    if part.state == SellerOrderState.WAITING or is_cash_awaited(part):
        return 0
    sold = 0 if part.state == SellerOrderState.CANCELLED else paise_of(part)
    kept = kept_of(part)
    deducted = sum(
        to_paise(each) for each in (kept.commission, kept.commission_gst, kept.tcs, kept.tds)
    )
    borne = max(allotted_to(part) - back_before(part), 0)
    return sold - borne - (deducted if part.state in DONE else 0)


def _taken_back() -> Lines:
    """Lay what was taken back beside the lines it was taken of, and refunds beside charges."""
    done = Q(cancelled__cancellation__state=CancellationState.DONE)
    lines = Line.objects.filter(cancelled__isnull=False).annotate(
        pieces=Coalesce(Sum("cancelled__quantity", filter=done), 0),
        goods=Coalesce(Sum("cancelled__goods", filter=done), ZERO),
    )
    for line in lines.order_by("pk").iterator():
        left = price_of_left(
            line.line_price_incl_tax, quantity=line.quantity, cancelled=line.cancelled_quantity
        )
        counted = (line.cancelled_quantity, line.line_price_incl_tax - left)
        if (line.pieces, line.goods) != counted:
            yield (
                f"line {line.pk}: {line.pieces} cancelled for ₹{line.goods}, "
                f"counted {counted[0]} for ₹{counted[1]}"
            )
    told = Refund.objects.exclude(cancellation=None)
    told = told.annotate(told=Sum(F("lines__amount") + F("lines__shipping")))
    for refund in told.order_by("created_at", "pk").iterator():
        if to_paise(refund.told) != refund.amount_paise:
            yield f"refund {refund.pk}: {refund.amount_paise} paise, its lines ₹{refund.told}"
    charges = Refund.objects.values("charge")
    captured = dict(
        MoneyMovement.objects.filter(kind__in=PAID, reference__in=charges).values_list(
            "reference", "amount_paise"
        )
    )
    # One that failed, or that a person has to see to, moves no money as it stands.
    sent = Refund.objects.filter(state__in=SENT).order_by("charge").values("charge")
    for charge, paise in sent.annotate(n=Sum("amount_paise")).values_list("charge", "n"):
        if paise > captured.get(charge, 0):
            yield f"charge {charge}: {paise} paise go back of {captured.get(charge)}"


def _projection() -> Lines:
    """What Oscar's dashboard shows of an order must be what its money rows say."""
    for order in Order.objects.filter(money__isnull=False).distinct().order_by("pk").iterator():
        shown = order.sources.aggregate(
            paid=Coalesce(Sum("amount_debited"), from_paise(0)),
            back=Coalesce(Sum("amount_refunded"), from_paise(0)),
        )
        paid = _rupees(order.money.filter(kind__in=PAID))
        back = _rupees(order.money.filter(kind__in=[MoneyKind.REFUND, MoneyKind.REFUND_FAILED]))
        if (shown["paid"], shown["back"]) != (paid, -back):
            yield (
                f"order {order.number}: the dashboard shows ₹{shown['paid']} paid and "
                f"₹{shown['back']} back, the money rows ₹{paid} and ₹{-back}"
            )


def _rupees(rows: QuerySet[MoneyMovement]) -> Decimal:
    return from_paise(rows.aggregate(s=Sum("amount_paise"))["s"] or 0)


def _stock() -> Lines:
    sums = StockRecord.objects.annotate(
        house=Coalesce(Sum("movements__in_stock_change"), 0),
        promised=Coalesce(Sum("movements__allocated_change"), 0),
    )
    wrong = sums.exclude(house=F("num_in_stock"), promised=F("num_allocated"))
    columns = ("partner_sku", "num_in_stock", "num_allocated", "house", "promised")
    for sku, in_stock, allocated, house, promised in wrong.order_by("pk").values_list(*columns):
        yield (
            f"stock {sku}: {in_stock} in the house and {allocated} promised, "
            f"its rows say {house} and {promised}"
        )


def _provider() -> Lines:
    """Compare all that the providers ever wrote down with all that we have of it."""
    for provider in providers():
        theirs = list(provider.balance(since=None))
        ours = our_rows(provider.name)
        for found in (*missing_here(provider, theirs), *missing_there(theirs, ours)):
            yield f"provider: {found}"
        yield from check_states(provider)
    yield from check_holdings()


CHECKS: tuple[Callable[[], Lines], ...] = (
    _journals,
    _orders,
    _captures,
    check_cash,
    _money_rows,
    check_payouts,
    _buyers_money,
    _payables,
    _taken_back,
    _projection,
    _stock,
)
