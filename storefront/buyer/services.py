"""Choices of letters, the same order again, and the end of an account."""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext

from storefront.accounts.models import Consent, User
from storefront.accounts.queries import may_send
from storefront.accounts.rules import NOTICE, Purpose
from storefront.accounts.services import lock_person
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.buyer.queries import has_orders_under_way
from storefront.checkout.queries import kept_addresses
from storefront.core.refusals import Refusal
from storefront.feedback.services import forget_writer
from storefront.order.models import Order
from storefront.partner.models import sellers_of
from storefront.wishes.services import forget_person


class CannotErase(Refusal):
    """An order is under way, or the account is needed for work here."""

    code = "cannot-erase"


@dataclass(slots=True)
class Again:
    """How many pieces of an old order are in the basket, and what could not be had and why."""

    added: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic(durable=True)
def choose_letters(user: User, *, language: str, offers: bool, now: datetime) -> None:
    """Keep in which language somebody is written to, and a row if they allow or forbid offers."""
    locked = lock_person(user)
    locked.language = language
    locked.save(update_fields=["language"])
    if may_send(locked, Purpose.OFFERS) != offers:
        Consent.objects.create(
            user=locked,
            purpose=Purpose.OFFERS,
            is_given=offers,
            notice=NOTICE,
            language=language,
            at=now,
        )


def order_again(basket: Basket, order: Order) -> Again:
    """Put into a basket what an order held, as far as it can be had."""
    again = Again()
    for line in order.lines.select_related("product").order_by("pk"):
        try:
            baskets.add(basket, product_id=line.product_id or 0, quantity=line.quantity)
        except Refusal as refusal:
            title = line.product.title if line.product else line.title
            again.missing.append((title, str(refusal)))
        else:
            again.added += line.quantity
    return again


@transaction.atomic(durable=True)
def erase(user: User) -> None:
    """
    End an account: what is only the person's is deleted, and nobody can sign in with it.

    Orders stay as tax law asks; reviews and questions stay without a name.

    Raises:
        CannotErase: nothing was changed.
    """
    locked = lock_person(user)
    if locked.is_staff or locked.groups.exists() or sellers_of(locked).exists():
        raise CannotErase(gettext("You work here with this account. Please write to us."))
    if has_orders_under_way(locked):
        raise CannotErase(
            gettext("An order of yours is under way. You can delete the account once it is over.")
        )
    forget_person(locked)
    forget_writer(locked)
    kept_addresses(locked).delete()
    EmailAddress.objects.filter(user=locked).delete()
    Authenticator.objects.filter(user=locked).delete()
    # What was agreed to stays as a row without a name: it shows that we asked.
    locked.email = f"deleted-{locked.pk}@account.invalid"
    locked.first_name = locked.last_name = locked.language = ""
    locked.is_active = False
    locked.set_unusable_password()
    locked.save()
