"""Putting a voucher into a basket and taking it out."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext
from oscar.apps.voucher.models import Voucher

from storefront.basket.models import Basket
from storefront.basket.queries import lines_of
from storefront.basket.rules import MOST_VOUCHERS
from storefront.basket.services.lines import lock_open, touch
from storefront.core.clock import now
from storefront.core.refusals import Refusal
from storefront.discounts.queries import (
    Shopper,
    prices_of,
    problem_of,
    with_uses,
    words_for,
    would_take_off,
)
from storefront.discounts.rules import VoucherProblem


class VoucherRefused(Refusal):
    """A voucher cannot be used; `problem` says why."""

    code = "voucher-refused"

    def __init__(self, problem: VoucherProblem, words: str) -> None:
        super().__init__(words)
        self.problem = problem


@transaction.atomic
def add_voucher(basket: Basket, *, code: str) -> str:
    """
    Put a voucher into the basket, and return its code as it is written; twice is no error.

    Raises:
        VoucherRefused: it does not exist, has no use now, or takes nothing off this basket.
        BasketIsClosed: it was ordered meanwhile.
    """
    lock_open(basket)
    shopper = Shopper(basket.owner_id)
    written = "".join(code.split()).upper()
    voucher = with_uses(Voucher.objects.filter(code=written), shopper).first()
    if voucher is None:
        words = gettext("We do not know this code. Please check how it is written.")
        raise VoucherRefused(VoucherProblem.UNKNOWN, words)
    if problem := problem_of(voucher):
        raise VoucherRefused(problem, words_for(problem, voucher))
    if basket.vouchers.filter(pk=voucher.pk).exists():
        return written
    if basket.vouchers.count() >= MOST_VOUCHERS:
        problem = VoucherProblem.NOT_COMBINABLE
        raise VoucherRefused(problem, words_for(problem, voucher))
    basket.vouchers.add(voucher)
    _check_it_gives(basket, voucher, shopper)
    Voucher.objects.filter(pk=voucher.pk).update(num_basket_additions=F("num_basket_additions") + 1)
    touch(basket)
    return written


def _check_it_gives(basket: Basket, voucher: Voucher, shopper: Shopper) -> None:
    lines = lines_of(basket.pk, now())
    states = {state.id: state for state in prices_of(basket, lines, shopper).vouchers}
    problem = states[voucher.pk].problem if lines else VoucherProblem.NOT_FOR_THIS
    if problem == VoucherProblem.NOT_FOR_THIS and would_take_off(basket, lines, voucher):
        problem = VoucherProblem.NOT_COMBINABLE
    if problem:
        raise VoucherRefused(problem, words_for(problem, voucher))


@transaction.atomic
def remove_voucher(basket: Basket, *, code: str) -> None:
    """
    Take a voucher out; one that is gone already is no error.

    Raises:
        BasketIsClosed: it was ordered meanwhile.
    """
    lock_open(basket)
    held = basket.vouchers.filter(code=code.upper())
    if held:
        basket.vouchers.remove(*held)
        touch(basket)
