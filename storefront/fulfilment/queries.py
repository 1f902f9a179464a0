"""Which parts of orders a seller has to see to, and which are behind them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from storefront.fulfilment.rules import TO_DO, counts_as_arrived_at
from storefront.order.models import SellerOrder
from storefront.order.queries import OrderView
from storefront.order.rules import SellerOrderState
from storefront.partner.models import Partner
from storefront.payment.models import CashPart, NoCashPin
from storefront.payment.queries import cash_of, is_on_hold, orders_on_hold
from storefront.payment.rules import CASH_AWAITED, CashState


@dataclass(frozen=True, slots=True)
class Workload:
    """How many parts wait to be packed, and how many to be sent."""

    to_pack: int
    to_send: int

    @property
    def total(self) -> int:
        """Return how many parts the seller has to see to."""
        return self.to_pack + self.to_send


def workload(seller: Partner) -> Workload:
    """Count what a seller has to do; one query."""
    counted = SellerOrder.objects.for_seller(seller).aggregate(
        to_pack=Count("pk", filter=Q(state=SellerOrderState.ACCEPTED)),
        to_send=Count("pk", filter=Q(state=SellerOrderState.PACKED)),
    )
    return Workload(**counted)


def cash_on_the_road() -> QuerySet[CashPart]:
    """Return the cash of parcels that are on their way, the oldest first."""
    waiting = CashPart.objects.filter(
        state=CashState.TO_COLLECT, seller_order__state=SellerOrderState.SHIPPED
    )
    return waiting.select_related("seller_order__seller", "seller_order__order").order_by("pk")


def cash_with_couriers() -> QuerySet[CashPart]:
    """Return the cash that couriers collected and have not brought, the oldest first."""
    waiting = CashPart.objects.filter(state=CashState.COLLECTED)
    known = waiting.select_related("seller_order__seller", "seller_order__order")
    return known.order_by("collected_at", "pk")


def arrives_at(part: SellerOrder) -> datetime | None:
    """
    Return when a part counts as arrived if nobody says anything, if it is on its way and paid.

    While its order is on hold that waits, which is not asked here. No query, if parcels and cash
    are there.
    """
    cash, parcel = cash_of(part), next(iter(part.parcels.all()), None)
    if part.state != SellerOrderState.SHIPPED or parcel is None:
        return None
    if cash is not None and cash.state in CASH_AWAITED:
        return None
    return counts_as_arrived_at(parcel.shipped_at, days=settings.ARRIVED_AFTER_DAYS)


def arrivals(view: OrderView) -> dict[str, datetime]:
    """Return of which parts the buyer may say that they arrived, and when they count as such."""
    found = {
        part.number: moment
        for part in view.parts
        if any(line.left for line in part.lines) and (moment := arrives_at(part.source))
    }
    return {} if found and is_on_hold(view.source) else found


def without_word(*, now: datetime) -> QuerySet[SellerOrder]:
    """Return the parts that count as arrived by now, because nobody said anything, in pk order."""
    since = now - timedelta(days=settings.ARRIVED_AFTER_DAYS)
    sent = SellerOrder.objects.filter(
        state=SellerOrderState.SHIPPED, parcels__shipped_at__lte=since
    )
    held = orders_on_hold().filter(pk=OuterRef("order"))
    return sent.exclude(cash__state__in=CASH_AWAITED).exclude(Exists(held)).order_by("pk")


def pins_without_cash() -> list[str]:
    """Return the PIN codes at which nobody pays at the door."""
    return list(NoCashPin.objects.order_by("pin").values_list("pin", flat=True))


def parts_to_do(seller: Partner) -> QuerySet[SellerOrder]:
    """Return the parts to pack or send, the most urgent first."""
    parts = SellerOrder.objects.for_seller(seller).filter(state__in=TO_DO)
    return parts.order_by("dispatch_by", "pk")


def parts_done(seller: Partner) -> QuerySet[SellerOrder]:
    """Return the parts that are sent or were cancelled, the newest first."""
    return SellerOrder.objects.for_seller(seller).exclude(state__in=TO_DO).order_by("-pk")
