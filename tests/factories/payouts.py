"""Sellers who are owed money: orders paid by card, and parcels that arrived."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction

from storefront.accounts.models import User
from storefront.catalogue.models import Product
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.order.models import Cancellation, Order, SellerOrder
from storefront.order.rules import Asker, Why
from storefront.order.services import Wish, confirm, lock_order
from storefront.partner.models import Partner
from storefront.payment import services as payment
from storefront.payment.models import Dispute, PaymentAttempt
from storefront.payment.rules import AttemptState, DisputeState, MoneyKind
from storefront.payment.services.books import book, book_sale
from storefront.payouts import services as payouts
from storefront.payouts.models import Payout, PayoutBatch
from tests.factories.catalogue import make_product, make_seller
from tests.factories.orders import make_shipped, part_of
from tests.factories.purchase import make_basket, make_buyer, make_post

# When what arrives now may not come back any more.
LATER = timedelta(days=8)
_numbers = count(1)


def make_clerk(name: str) -> User:
    """Make a person of the staff."""
    clerk: User = User.objects.create_user(f"{name}@example.org", "a long pass phrase")
    clerk.is_staff = True
    clerk.save(update_fields=["is_staff"])
    return clerk


def sell(*products: Product, quantity: int = 1, story: UUID | None = None) -> Order:
    """Sell so many of each product; the money is written down as `sync` does, nobody is asked."""
    make_post()
    basket = make_basket(*products, quantity=quantity, story=story)
    placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
    attempt = placed.attempt
    assert attempt is not None
    with transaction.atomic():
        order = lock_order(placed.order.pk)
        book(attempt, MoneyKind.CAPTURE, reference=f"ch_{order.number}", paise=attempt.amount_paise)
        PaymentAttempt.objects.filter(pk=attempt.pk).update(state=AttemptState.CAPTURED)
        confirm(order, now=now(), reason="paid")
        book_sale(order)
    return order


def bring(order: Order, seller: Partner | None = None) -> SellerOrder:
    """Let a seller's parcel arrive; the only one by default."""
    tracking = f"EU{next(_numbers):09d}IN"
    shipped = make_shipped(part_of(order, seller), tracking_number=tracking)
    return fulfilment.deliver(shipped, by=None, now=now())


def make_owed(seller: Partner | None = None, *, price: str = "1000.00") -> SellerOrder:
    """Sell and bring one piece; with the usual rates the seller is owed ₹936.54 of ₹1,060."""
    return bring(sell(make_product(seller=seller or make_seller(), price=price)))


def take_back(
    part: SellerOrder, *, why: Why = Why.FAULTY, pieces: Mapping[int, int] | None = None
) -> Cancellation:
    """Let staff pay the buyer of a part back, for all of it or for so many pieces of its lines."""
    wish = Wish(key=f"back-{next(_numbers)}", asker=Asker.STAFF, why=why, by=None, pieces=pieces)
    return payment.cancel(part.order, wish=wish)


def dispute(part: SellerOrder, *, state: DisputeState = DisputeState.OPEN) -> Dispute:
    """Let the bank of a part's buyer ask about its charge."""
    return Dispute.objects.create(
        order=part.order,
        attempt=part.order.attempts.get(),
        provider="stripe",
        reference=f"dp_{part.pk}",
        charge=f"ch_{part.order.number}",
        amount_paise=1,
        state=state,
    )


def make_draft() -> PayoutBatch:
    """Draft a batch of all that is owed, when nothing may come back any more."""
    return payouts.draft_batch(by=make_clerk(f"maker{next(_numbers)}"), now=now() + LATER)


def make_exported() -> PayoutBatch:
    """Draft a batch, let a second person approve it, and give it to the bank."""
    batch, second = make_draft(), make_clerk(f"second{next(_numbers)}")
    payouts.approve(batch, by=second, now=now())
    payouts.export(batch, by=second, now=now())
    return PayoutBatch.objects.get(pk=batch.pk)


def pay(payout: Payout, **facts: Any) -> Payout:
    """Write down that the bank paid."""
    known: dict[str, Any] = {"utr": f"SBIN{payout.pk:012d}"} | facts
    by = known.pop("by", None) or payout.batch.exported_by
    return payouts.mark_paid(payout, by=by, now=now(), **known)
