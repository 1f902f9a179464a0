"""What tests of faults ask again and again about orders, money and books."""

from typing import Any

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed
from storefront.core.clock import now
from storefront.ledger.queries import balances
from storefront.ledger.rules import Account
from storefront.payment import services as payment
from storefront.payment.models import MoneyMovement
from storefront.payment.services.catch_up import catch_up
from tests.payment.steps import attempt_of, place

# 2 % of ₹1,060.00 is ₹21.20, and 18 % GST on that ₹3.82.
TOTAL, FEE, DISPUTE_FEE = 106_000, 2_502, 100_000


def session_of(placed: Placed) -> str:
    return attempt_of(placed).provider_session or ""


def pay(double: OfflineStripe, placed: Placed | None = None, **how: Any) -> Placed:
    """Pay an order at the provider and look at it once."""
    order = placed or place()
    double.pay(session_of(order), **how)
    payment.sync(attempt_of(order))
    return order


def hear(double: OfflineStripe) -> None:
    """Work all that the provider has to say, as if its messages had come."""
    catch_up(now=now())
    payment.poll(now=now())


def charge_of(placed: Placed) -> str:
    return MoneyMovement.objects.get(order=placed.order, kind="capture").reference


def rows(placed: Placed) -> list[tuple[str, int]]:
    """Return the money rows of an order without the provider's fees."""
    money = MoneyMovement.objects.filter(order=placed.order).exclude(kind="fee").order_by("pk")
    return list(money.values_list("kind", "amount_paise"))


def owed_to_buyer(placed: Placed) -> int:
    return -balances(order=placed.order).get(Account.BUYER_MONEY, 0)
