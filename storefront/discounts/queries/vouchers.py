"""A voucher in a basket: whether it can be used, and the words for it."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from oscar.apps.voucher.models import Voucher

from storefront.core.clock import now
from storefront.discounts.rules import VoucherProblem, in_language


@dataclass(frozen=True, slots=True)
class VoucherState:
    """A voucher in a basket, and why it takes nothing off, if so."""

    id: int
    code: str
    name: str
    problem: VoucherProblem | None
    problem_text: str


def problem_of(voucher: Any) -> VoucherProblem | None:
    """Return why a voucher cannot be used by this person now, whatever is in the basket."""
    moment = now()
    if moment < voucher.start_datetime:
        return VoucherProblem.NOT_YET
    if moment > voucher.end_datetime:
        return VoucherProblem.EXPIRED
    if voucher.usage == Voucher.SINGLE_USE and voucher.is_used:
        return VoucherProblem.USED_UP
    if voucher.usage == Voucher.ONCE_PER_CUSTOMER and voucher.is_used_by_you:
        return VoucherProblem.USED_BY_YOU
    return None


def state_of(voucher: Any, problem: VoucherProblem | None) -> VoucherState:
    """Return a voucher as the basket shows it."""
    name = in_language(voucher.name, get_language() or "en")
    text = words_for(problem, voucher) if problem else ""
    return VoucherState(voucher.pk, voucher.code, name, problem, text)


def words_for(problem: VoucherProblem, voucher: Any) -> str:
    """Return why a voucher takes nothing off, and what to do, for the buyer."""
    if problem == VoucherProblem.NOT_YET:
        day = date_format(localtime(voucher.start_datetime), "j F Y")
        return gettext("This voucher can be used from %(date)s on.") % {"date": day}
    if problem == VoucherProblem.EXPIRED:
        day = date_format(localtime(voucher.end_datetime), "j F Y")
        return gettext("This voucher ended on %(date)s.") % {"date": day}
    return {
        VoucherProblem.USED_UP: gettext("This voucher has been used up."),
        VoucherProblem.USED_BY_YOU: gettext("You have used this voucher before."),
        VoucherProblem.NOT_COMBINABLE: gettext(
            "This voucher cannot be combined with the discounts that your basket has already."
        ),
        VoucherProblem.NOT_FOR_THIS: gettext(
            "This voucher takes nothing off what is in your basket now."
        ),
    }[problem]
