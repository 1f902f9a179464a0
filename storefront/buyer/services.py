"""Keeping addresses, choices of letters, and the end of an account."""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext
from oscar.apps.address.models import UserAddress

from storefront.accounts.models import Consent, User
from storefront.accounts.queries import may_send
from storefront.accounts.rules import NOTICE, Purpose
from storefront.atlas.models import State
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.buyer.queries import has_orders_under_way
from storefront.buyer.rules import MOST_ADDRESSES
from storefront.checkout.queries import kept_addresses
from storefront.core.refusals import Refusal
from storefront.feedback.services import forget_writer
from storefront.order.models import Order
from storefront.partner.models import sellers_of
from storefront.wishes.services import forget_person

INDIA = "IN"


class TooManyAddresses(Refusal):
    """So many addresses are nobody's."""

    code = "too-many-addresses"


class CannotErase(Refusal):
    """An order is under way, or the account is needed for work here."""

    code = "cannot-erase"


@dataclass(frozen=True, slots=True)
class Where:
    """An address as it is typed."""

    name: str
    phone: str
    line1: str
    line2: str
    town: str
    pin: str
    state: State


@dataclass(slots=True)
class Again:
    """How many pieces of an old order are in the basket, and what could not be had and why."""

    added: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic(durable=True)
def save_address(
    user: User, where: Where, *, address_id: int | None = None, is_usual: bool = False
) -> UserAddress:
    """
    Keep a new address, or another in place of one's own; the first one becomes the usual one.

    The same address is kept once.

    Raises:
        TooManyAddresses: nothing was kept.
        UserAddress.DoesNotExist: it is not this person's.
    """
    _lock(user)
    mine = kept_addresses(user)
    address = mine.get(pk=address_id) if address_id else UserAddress(user=user)
    address.first_name, address.phone_number = where.name, where.phone
    address.line1, address.line2, address.line4 = where.line1, where.line2, where.town
    address.state, address.postcode = where.state.name, where.pin
    address.country_id = INDIA
    others = mine.exclude(pk=address.pk)
    same = others.filter(hash=address.generate_hash()).first()
    if same is not None:
        if address.pk:
            address.delete()
        address = same
    elif not address.pk and others.count() >= MOST_ADDRESSES:
        raise TooManyAddresses(
            gettext("You have %(most)s addresses. Please delete one first.")
            % {"most": MOST_ADDRESSES}
        )
    if is_usual or not mine.filter(is_default_for_shipping=True).exclude(pk=address.pk).exists():
        address.is_default_for_shipping = True
    address.save()
    return address


@transaction.atomic(durable=True)
def make_usual(user: User, *, address_id: int) -> None:
    """Have parcels sent to this address of one's own unless another is typed."""
    _lock(user)
    address = kept_addresses(user).filter(pk=address_id).first()
    if address is not None:
        address.is_default_for_shipping = True
        address.save()


@transaction.atomic(durable=True)
def delete_address(user: User, *, address_id: int) -> None:
    """Delete an address of one's own; orders keep theirs, and another one becomes the usual one."""
    _lock(user)
    kept_addresses(user).filter(pk=address_id).delete()
    first = kept_addresses(user).first()
    if first is not None and not first.is_default_for_shipping:
        first.is_default_for_shipping = True
        first.save()


@transaction.atomic(durable=True)
def choose_letters(user: User, *, language: str, offers: bool, now: datetime) -> None:
    """Keep in which language somebody is written to, and a row if they allow or forbid offers."""
    locked = _lock(user)
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
    locked = _lock(user)
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


def _lock(user: User) -> User:
    """Lock a person's row: two tabs write one after the other."""
    locked: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return locked
