"""Letters to sellers: their money was sent, or the bank could not pay it."""

from django.conf import settings

from storefront.core.money import grouped
from storefront.notices import services as notices
from storefront.payment.services.letters import SELLERS_LANGUAGE
from storefront.payouts.models import Payout


def tell_paid(payout: Payout) -> None:
    """Write to the people of a seller what was paid, and under which reference of the bank."""
    _write("seller_paid", payout, {"utr": payout.utr})


def tell_sent_back(payout: Payout) -> None:
    """Write to the people of a seller that the bank could not pay, and why."""
    _write("seller_not_paid", payout, {"why": payout.failure})


def _write(letter: str, payout: Payout, told: dict[str, object]) -> None:
    context = told | {
        "number": payout.number,
        "amount": grouped(payout.amount),
        "url": f"{settings.SHOP_URL}/seller/money/{payout.pk}/",
    }
    for email in payout.seller.users.order_by("pk").values_list("email", flat=True):
        notices.write(letter, to=email, language=SELLERS_LANGUAGE, context=context)
