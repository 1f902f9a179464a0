"""A seller's own orders and products, with all that the desk shows of them."""

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from storefront.catalogue.rules import LOW_STOCK, ProductState
from storefront.media.queries import with_renditions
from storefront.media.rules import Use
from storefront.order.models import Line, SellerOrder
from storefront.partner.models import Partner, StockRecord
from storefront.payment.queries import orders_on_hold
from storefront.stock.models import StockMovement
from storefront.stock.rules import Reason

MOVEMENTS_SHOWN = 10
_IS_HELD = "is_held"


def for_rows(parts: QuerySet[SellerOrder]) -> QuerySet[SellerOrder]:
    """Return parts with what a row of a list says of them; two queries."""
    lines = Line.objects.order_by("pk")
    return parts.select_related("order__shipping_address").prefetch_related(
        Prefetch("lines", queryset=lines)
    )


def part_of_seller(seller: Partner, number: str) -> SellerOrder | None:
    """Return the seller's own part with this number, with all that its page shows."""
    lines = Line.objects.select_related("product").prefetch_related(*_pictures("product__"))
    return (
        SellerOrder.objects.for_seller(seller)
        .select_related("order__shipping_address", "cash")
        .prefetch_related(Prefetch("lines", queryset=lines.order_by("pk")), "parcels", "moves")
        .annotate(**{_IS_HELD: Exists(orders_on_hold().filter(pk=OuterRef("order")))})
        .filter(number=number)
        .first()
    )


def is_held(part: SellerOrder) -> bool:
    """Return whether the payment of a part is being questioned; it is from `part_of_seller`."""
    held: bool = getattr(part, _IS_HELD)
    return held


def offers_of(seller: Partner, *, search: str = "") -> QuerySet[StockRecord]:
    """Return the seller's products with stock and price, the newest first; a name or code finds."""
    records = StockRecord.objects.for_seller(seller)
    if search:
        records = records.filter(
            Q(product__title_en__icontains=search)
            | Q(product__title_hi__icontains=search)
            | Q(product__upc__icontains=search)
            | Q(partner_sku__icontains=search)
        )
    pictured = records.select_related("product").prefetch_related(*_pictures("product__"))
    return pictured.order_by("-pk")


def low(offers: QuerySet[StockRecord]) -> QuerySet[StockRecord]:
    """
    Return the offers in the shop that run out: the seller should look after them.

    One-of-a-kind pieces never come back, so they are not among them.
    """
    return offers.filter(
        product__state=ProductState.LIVE,
        product__is_one_of_a_kind=False,
        num_in_stock__lte=F("num_allocated") + LOW_STOCK,
    )


def not_in_shop(offers: QuerySet[StockRecord]) -> QuerySet[StockRecord]:
    """Return the offers that buyers do not see."""
    return offers.exclude(product__state=ProductState.LIVE)


def offer_of_seller(seller: Partner, record_id: int) -> StockRecord | None:
    """Return one product of the seller with its stock and price as they are now."""
    return offers_of(seller).filter(pk=record_id).first()


def movements_of(record: StockRecord) -> QuerySet[StockMovement]:
    """Return the last changes of a stock, the newest first, without buyers' comings and goings."""
    return record.movements.exclude(reason=Reason.HOLD).order_by("-pk")[:MOVEMENTS_SHOWN]


def _pictures(prefix: str) -> tuple[str, Prefetch[str]]:
    images = f"{prefix}images__image"
    return images, with_renditions(f"{images}__renditions", Use.CARD)
