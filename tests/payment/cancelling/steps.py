"""A paid order of two sellers, and what people do to it."""

from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.db import transaction

from fixtures.stripe_double.runner import OfflineStripe
from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.catalogue.models import Product
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.order.models import Cancellation, Line, Order, SellerOrder
from storefront.order.rules import Asker, Why
from storefront.order.services import Wish, confirm, lock_order
from storefront.partner.models import Partner
from storefront.payment import services as payment
from storefront.payment.models import MoneyMovement, PaymentAttempt, Refund
from storefront.payment.rules import MoneyKind
from storefront.payment.services.audit import audit
from storefront.payment.services.books import book, book_sale
from tests.factories.catalogue import make_product, make_seller
from tests.factories.offers import make_offer, make_voucher
from tests.factories.purchase import make_basket, make_buyer
from tests.payment.steps import attempt_of

_keys = count(1)


@dataclass
class Bought:
    """
    Three lotas of ₹700 and a dupatta of ₹1,450, each delivered for ₹60, with ₹100 off: ₹3,570.

    Of the ₹100 the lotas have ₹59.15 and the dupatta ₹40.85.
    """

    placed: Placed
    lotas: Product
    dupatta: Product
    brass: Partner
    cloth: Partner

    @property
    def order(self) -> Order:
        return Order.objects.get(pk=self.placed.order.pk)

    def line(self, product: Product) -> Line:
        return Line.objects.get(order=self.placed.order, product=product)

    def part(self, seller: Partner) -> SellerOrder:
        parts = SellerOrder.objects.select_related("seller", "order")
        return parts.get(order=self.placed.order, seller=seller)

    def look(self) -> None:
        """Send what waits, and look at the provider."""
        payment.send_refunds()
        payment.sync(attempt_of(self.placed))


def place_both(*, stock: int = 5) -> Bought:
    """Place the order; its payment page is open."""
    brass, cloth = make_seller("Brass"), make_seller("Cloth")
    lotas = make_product(seller=brass, price="700.00", stock=stock)
    dupatta = make_product(seller=cloth, price="1450.00", stock=stock, title_en="Dupatta")
    voucher = make_voucher("SHUBH100", make_offer("Absolute", 100, offer_type="Voucher"))
    basket = make_basket(lotas, quantity=3)
    baskets.add(basket, product_id=dupatta.pk, quantity=1)
    basket.vouchers.add(voucher)
    placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
    assert placed.attempt is not None
    payment.open_page(placed.attempt)
    return Bought(placed, lotas, dupatta, brass, cloth)


def buy_both(double: OfflineStripe, *, stock: int = 5, **how: Any) -> Bought:
    """Place the order and pay it."""
    bought = place_both(stock=stock)
    double.pay(attempt_of(bought.placed).provider_session or "", **how)
    payment.sync(attempt_of(bought.placed))
    return bought


def wish(asker: Asker = Asker.BUYER, **facts: Any) -> Wish:
    """Return a wish under a new key; everything that is left, unless told otherwise."""
    known: dict[str, Any] = {"key": f"key-{next(_keys)}", "why": Why.OTHER}
    return Wish(asker=asker, **(known | facts))


def cancel(bought: Bought, asker: Asker = Asker.BUYER, **facts: Any) -> Cancellation:
    return payment.cancel(bought.order, wish=wish(asker, **facts))


def make_staff(email: str = "staff@example.org") -> User:
    person: User = User.objects.create_user(email=email, password="x" * 12)
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    return person


def refunds(bought: Bought) -> list[tuple[int, str]]:
    """Return an order's refunds: paise and state."""
    rows = Refund.objects.filter(order=bought.placed.order).order_by("created_at", "pk")
    return list(rows.values_list("amount_paise", "state"))


def given_back(bought: Bought) -> int:
    """Return how many paise went back to the buyer."""
    rows = MoneyMovement.objects.filter(order=bought.placed.order, kind__startswith="refund")
    return -sum(rows.values_list("amount_paise", flat=True))


def check_books(**how: Any) -> None:
    """Say that everything about money and stock adds up, here and at the provider."""
    assert list(audit(**how)) == []


def place_again(bought: Bought, *, lotas: int = 3) -> Bought:
    """Place an order of both once more, without the voucher: ₹3,670 for three lotas."""
    basket = make_basket(bought.lotas, quantity=lotas)
    baskets.add(basket, product_id=bought.dupatta.pk, quantity=1)
    placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
    return replace(bought, placed=placed)


def buy_alone(bought: Bought, *, lotas: int = 3) -> Bought:
    """Buy both once more, and write down that the money came as `sync` does; nobody is asked."""
    again = place_again(bought, lotas=lotas)
    placed, attempt = again.placed, again.placed.attempt
    assert attempt is not None
    with transaction.atomic():
        order = lock_order(placed.order.pk)
        book(attempt, MoneyKind.CAPTURE, reference=f"ch_{order.number}", paise=attempt.amount_paise)
        PaymentAttempt.objects.filter(pk=attempt.pk).update(state="captured")
        confirm(order, now=now(), reason="paid")
        book_sale(order)
    return again
