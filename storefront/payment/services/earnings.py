"""What a delivered part earns: the shop's commission and the taxes it keeps back."""

from decimal import Decimal

from storefront.core.money import ZERO, to_paise
from storefront.ledger import rules as ledger
from storefront.ledger.rules import Deductions, JournalKind
from storefront.ledger.services import post
from storefront.order.models import SellerOrder
from storefront.partner.rules import Kept, SellerKind, Terms, kept_back


def kept_of(part: SellerOrder) -> Kept:
    """Return what is kept back of a part in rupees, by the terms frozen in it."""
    lines = list(part.lines.all())
    # A composition seller's goods carry no tax on the bill, and are no exempt goods either.
    is_taxed = part.seller.kind == SellerKind.COMPOSITION
    taxed: list[Decimal] = [line.taxable for line in lines if line.gst_rate or is_taxed]
    return kept_back(
        Terms(part.commission_rate, part.commission_gst_rate, part.tcs_rate, part.tds_rate),
        goods=part.items_total,
        net_taxable=sum(taxed, ZERO),
        within_state=not any(line.igst for line in lines),
    )


def book_earned(part: SellerOrder) -> None:
    """Write what the shop and the tax office keep of a delivered part, once."""
    kept = kept_of(part)
    post(
        JournalKind.EARNED,
        key=f"earned:{part.number}",
        postings=ledger.earned(
            part.seller_id,
            Deductions(
                commission=to_paise(kept.commission),
                commission_gst=to_paise(kept.commission_gst),
                tcs=to_paise(kept.tcs),
                tds=to_paise(kept.tds),
            ),
        ),
        order=part.order,
    )
