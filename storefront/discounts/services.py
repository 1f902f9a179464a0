"""
Counting the use of offers and vouchers: taken when an order is placed, given back with it.

Oscar's own counting saves whole rows as they were read: of four orders at once one is counted,
and an offer that staff have suspended meanwhile is open again. Here rows are locked in the order
of their ids, vouchers before offers, and every limit is part of the update itself.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext
from oscar.apps.offer.models import ConditionalOffer
from oscar.apps.voucher.models import Voucher, VoucherApplication

from storefront.core.money import ZERO
from storefront.core.refusals import Refusal
from storefront.discounts.models import Use
from storefront.discounts.queries import Shopper, problem_of, with_uses
from storefront.discounts.rules import Discount

OPEN, CONSUMED, SUSPENDED = (
    ConditionalOffer.OPEN,
    ConditionalOffer.CONSUMED,
    ConditionalOffer.SUSPENDED,
)
# Nothing or no number means no limit, as in Oscar.
MANY = Q(max_global_applications=None) | Q(max_global_applications=0)
MUCH = Q(max_discount=None) | Q(max_discount=0)


class UsedUp(Refusal):
    """An offer or voucher came to its limit, or its end, a moment ago."""

    code = "discount-used-up"


@transaction.atomic(savepoint=False)
def take_usage(
    order: Any, *, discounts: Iterable[Discount], shopper: Shopper, now: datetime
) -> None:
    """
    Count an order's use of offers and vouchers; the last writes of placing it.

    Raises:
        UsedUp: a limit is reached; what is taken so far goes with the transaction.
    """
    uses = [
        Use(
            order_id=order.pk,
            offer_id=each.offer_id,
            voucher_id=each.voucher_id,
            user_id=shopper.user_id,
            email=shopper.email.lower(),
            times=each.times,
            amount=each.amount,
            is_counted=False,
        )
        for each in discounts
        if each.offer_id
    ]
    _take(Use.objects.bulk_create(uses), shopper=shopper, now=now)


@transaction.atomic
def return_usage(order: Any) -> None:
    """Give back what an order used, once; called with the order locked when it is cancelled."""
    counted = Use.objects.select_for_update().filter(order_id=order.pk, is_counted=True)
    uses = list(counted.order_by("offer"))
    if not uses:
        return
    for voucher, amount in _by_voucher(uses):
        Voucher.objects.filter(pk=voucher).update(
            num_orders=Greatest(F("num_orders") - 1, 0),
            total_discount=Greatest(F("total_discount") - amount, ZERO),
        )
    VoucherApplication.objects.filter(order_id=order.pk).delete()
    for use in uses:
        _count(use, sign=-1)
    Use.objects.filter(pk__in=[use.pk for use in uses]).update(is_counted=False)


@transaction.atomic
def take_usage_again(order: Any, *, now: datetime) -> bool:
    """
    Count once more what a cancelled order used, because its money came after all.

    Return whether it was within the limits. If not it is counted all the same: the buyer has
    paid the price they saw.
    """
    uses = list(Use.objects.filter(order_id=order.pk, is_counted=False).order_by("offer"))
    shopper = Shopper(order.user_id, order.email)
    try:
        with transaction.atomic():
            _take(uses, shopper=shopper, now=now)
    except UsedUp:
        _take(uses, shopper=shopper, now=None)
        return False
    return True


def _take(uses: list[Use], *, shopper: Shopper, now: datetime | None) -> None:
    """Count uses; without a moment, whatever the limits say."""
    if not uses:
        return
    for voucher, amount in _by_voucher(uses):
        # The update locks the row: whoever else wants the voucher waits, and then sees ours.
        Voucher.objects.filter(pk=voucher).update(
            num_orders=F("num_orders") + 1, total_discount=F("total_discount") + amount
        )
        if now and problem_of(with_uses(Voucher.objects.filter(pk=voucher), shopper).get()):
            raise _used_up()
        VoucherApplication.objects.create(
            voucher_id=voucher, order_id=uses[0].order_id, user_id=shopper.user_id
        )
    offers = ConditionalOffer.objects.filter(pk__in=[use.offer_id for use in uses])
    locked = offers.select_for_update().order_by("pk")
    most = dict(locked.values_list("pk", "max_user_applications"))
    before = shopper.used([offer for offer, times in most.items() if times])
    for use in uses:
        limit = most.get(use.offer_id)
        within = not limit or before.get(use.offer_id, 0) + use.times <= limit
        counted = _count(use, sign=1, limits=_limits(use, now) if now else None)
        if now and not (within and counted):
            raise _used_up()
    Use.objects.filter(pk__in=[use.pk for use in uses]).update(is_counted=True)


def _by_voucher(uses: list[Use]) -> list[tuple[int, Decimal]]:
    """Return the vouchers of these uses in the order of their ids, each with what it took off."""
    amounts: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for use in uses:
        if use.voucher_id:
            amounts[use.voucher_id] += use.amount
    return sorted(amounts.items())


def _limits(use: Use, now: datetime) -> Q:
    """Return what an offer must be for this use: open, and not at its limits."""
    within = (MANY | Q(max_global_applications__gte=F("num_applications") + use.times)) & (
        MUCH | Q(max_discount__gt=F("total_discount"))
    )
    if use.voucher_id:  # a voucher's offers last as long as the voucher
        return within & ~Q(status=SUSPENDED)
    begun = Q(start_datetime=None) | Q(start_datetime__lte=now)
    return within & begun & (Q(end_datetime=None) | Q(end_datetime__gte=now)) & Q(status=OPEN)


def _count(use: Use, *, sign: int, limits: Q | None = None) -> int:
    """Add a use to its offer's counters, or take it away; open and close the offer by them."""
    times = Greatest(F("num_applications") + sign * use.times, 0)
    amount = Greatest(F("total_discount") + sign * use.amount, ZERO)
    is_full = (~MANY & Q(max_global_applications__lte=times)) | (
        ~MUCH & Q(max_discount__lte=amount)
    )
    return ConditionalOffer.objects.filter(limits or Q(), pk=use.offer_id).update(
        num_applications=times,
        total_discount=amount,
        num_orders=Greatest(F("num_orders") + sign, 0),
        status=Case(
            When(status=SUSPENDED, then=Value(SUSPENDED)),
            When(is_full, then=Value(CONSUMED)),
            default=Value(OPEN),
        ),
    )


def _used_up() -> UsedUp:
    return UsedUp(
        gettext("A discount in your basket has just come to its end. Please look at the new total.")
    )
