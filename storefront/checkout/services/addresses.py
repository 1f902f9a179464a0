"""The address book: the same address once, one of them the usual one, nobody else's in reach."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from oscar.apps.address.models import UserAddress

from storefront.accounts.models import User
from storefront.accounts.services import lock_person
from storefront.atlas.models import State
from storefront.checkout.queries import kept_addresses
from storefront.checkout.rules import MOST_ADDRESSES
from storefront.core.refusals import Refusal
from storefront.order.services import Where

INDIA = "IN"


class TooManyAddresses(Refusal):
    """So many addresses are nobody's."""

    code = "too-many-addresses"


@transaction.atomic(durable=True)
def save_address(
    user: User, where: Where, *, address_id: int | None = None, is_usual: bool = False
) -> UserAddress:
    """
    Keep a new address, or another in place of one's own; the first one becomes the usual one.

    The same address of the same receiver is kept once, in whichever language its state was
    written, with the number that was typed last.

    Raises:
        TooManyAddresses: nothing was kept.
        UserAddress.DoesNotExist: it is not this person's.
    """
    lock_person(user)
    mine = kept_addresses(user)
    address = mine.get(pk=address_id) if address_id else UserAddress(user=user, country_id=INDIA)
    for column, typed in where.columns().items():
        setattr(address, column, typed)
    others = mine.exclude(pk=address.pk)
    same = others.filter(hash__in=_hashes(address, where.state)).first()
    if same is not None:
        if address.pk:
            address.delete()
        same.phone_number, address = where.phone, same
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
    lock_person(user)
    address = kept_addresses(user).filter(pk=address_id).first()
    if address is not None:
        address.is_default_for_shipping = True
        address.save()


@transaction.atomic(durable=True)
def delete_address(user: User, *, address_id: int) -> None:
    """Delete an address of one's own; orders keep theirs, and another one becomes the usual one."""
    lock_person(user)
    kept_addresses(user).filter(pk=address_id).delete()
    first = kept_addresses(user).first()
    if first is not None and not first.is_default_for_shipping:
        first.is_default_for_shipping = True
        first.save()


def _hashes(address: UserAddress, state: State) -> list[int]:
    """Return by what Oscar knows an address, with its state written in each language."""
    as_typed, found = address.state, []
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            address.state = state.name
        found.append(address.generate_hash())
    address.state = as_typed
    return found
