"""Letters about pieces that were taken back: to the buyer, and to sellers who did not ask."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation

from storefront.core.money import from_paise, grouped
from storefront.core.words import in_language
from storefront.notices import services as notices
from storefront.order.models import Cancellation, CancelledLine, SellerOrder
from storefront.order.rules import Asker, SellerOrderState, Why
from storefront.order.services import letter_context, write_to_buyer
from storefront.order.words import WHY_WORDS
from storefront.payment.models import Refund

# Nobody was asked in which language sellers want their letters; it is the state's.
SELLERS_LANGUAGE = "hi"


def tell_buyer(cancellation: Cancellation, refund: Refund | None) -> None:
    """Write to the buyer what was taken back and what of the money comes."""
    order = cancellation.order
    context = letter_context(order)
    told = {line["id"]: line | {"price": ""} for line in context["lines"]}
    lines = list(cancellation.lines.order_by("line"))
    context |= {
        "lines": [told[each.line_id] | {"quantity": each.quantity} for each in lines],
        "amount": grouped(from_paise(refund.amount_paise)) if refund else "",
        "has_left": all(each.has_left for each in lines),
        "why": _why(cancellation, order.letters_in),
    }
    write_to_buyer(order, "order_cancelled", context)


def tell_sellers(cancellation: Cancellation, parts: Iterable[SellerOrder]) -> None:
    """Write to the sellers whose pieces were taken back, unless it was they who did it."""
    if cancellation.asker == Asker.SELLER:
        return
    for part in parts:
        mine = cancellation.lines.filter(line__seller_order=part).select_related("line")
        context = {
            "number": part.number,
            "url": f"{settings.SHOP_URL}/seller/orders/{part.number}/",
            "lines": _lines(mine.order_by("line")),
            "is_all": part.state == SellerOrderState.CANCELLED,
            "has_left": mine.filter(has_left=True).exists(),
            "why": _why(cancellation, SELLERS_LANGUAGE),
        }
        for email in part.seller.users.order_by("pk").values_list("email", flat=True):
            notices.write("part_cancelled", to=email, language=SELLERS_LANGUAGE, context=context)


def _lines(rows: Iterable[CancelledLine]) -> list[dict[str, object]]:
    """Return what a seller reads of pieces taken back."""
    with translation.override(SELLERS_LANGUAGE):
        return [
            {"title": in_language(row.line.title, row.line.title_hi), "quantity": row.quantity}
            for row in rows
        ]


def _why(cancellation: Cancellation, language: str) -> str:
    """Return the reason, and the words if there are any, in the reader's language."""
    with translation.override(language):
        reason = str(WHY_WORDS[Why(cancellation.why)])
    return f"{reason}: {cancellation.words}" if cancellation.words else reason
