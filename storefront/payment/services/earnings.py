"""What a delivered part earns: the shop's commission and the taxes it keeps back."""

from decimal import Decimal

from storefront.core.money import ZERO, to_paise
from storefront.ledger import rules as ledger
from storefront.ledger.rules import Deductions, JournalKind
from storefront.ledger.services import post
from storefront.order.models import Cancellation, Line, SellerOrder
from storefront.order.rules import price_of_left
from storefront.partner.rules import Kept, SellerKind, Terms, kept_back


def kept_of(part: SellerOrder) -> Kept:
    """Return what is kept back of a part in rupees, by its frozen terms, of what is left."""
    lines = list(part.lines.all())
    # A composition seller's goods carry no tax on the bill, and are no exempt goods either.
    is_taxed = part.seller.kind == SellerKind.COMPOSITION
    taxed = [_of_left(line, line.taxable) for line in lines if line.gst_rate or is_taxed]
    return kept_back(
        Terms(part.commission_rate, part.commission_gst_rate, part.tcs_rate, part.tds_rate),
        goods=sum((_of_left(line, line.line_price_incl_tax) for line in lines), ZERO),
        net_taxable=sum(taxed, ZERO),
        within_state=not any(line.igst for line in lines),
    )


def book_earned(part: SellerOrder) -> None:
    """Write what the shop and the tax office keep of a delivered part, once."""
    post(
        JournalKind.EARNED,
        key=f"earned:{part.number}",
        postings=ledger.earned(part.seller_id, _deductions(kept_of(part))),
        order=part.order,
    )


def book_less_earned(part: SellerOrder, *, before: Kept, cancellation: Cancellation) -> None:
    """Write that less is kept back of a delivered part than `before`, once a cancellation."""
    now, was = _deductions(kept_of(part)), _deductions(before)
    post(
        JournalKind.EARNED,
        key=f"earned-less:{cancellation.pk}:{part.number}",
        postings=ledger.earned(
            part.seller_id,
            Deductions(
                commission=now.commission - was.commission,
                commission_gst=now.commission_gst - was.commission_gst,
                tcs=now.tcs - was.tcs,
                tds=now.tds - was.tds,
            ),
        ),
        order=part.order,
    )


def _deductions(kept: Kept) -> Deductions:
    return Deductions(
        commission=to_paise(kept.commission),
        commission_gst=to_paise(kept.commission_gst),
        tcs=to_paise(kept.tcs),
        tds=to_paise(kept.tds),
    )


def _of_left(line: Line, total: Decimal) -> Decimal:
    return price_of_left(total, quantity=line.quantity, cancelled=line.cancelled_quantity)
