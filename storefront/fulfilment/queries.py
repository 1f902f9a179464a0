"""Which parts of orders a seller has to see to, and which are behind them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from storefront.fulfilment.rules import TO_DO
from storefront.order.models import SellerOrder
from storefront.order.rules import SellerOrderState
from storefront.partner.models import Partner
from storefront.payment.models import CashPart, NoCashPin
from storefront.payment.rules import CashState


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
