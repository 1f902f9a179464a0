"""What Oscar's offers take off a basket: loaded once, applied by Oscar, in whole paise."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q
from django.utils.translation import get_language, gettext
from oscar.apps.offer.applicator import Applicator
from oscar.apps.offer.benefits import ShippingBenefit
from oscar.apps.offer.conditions import ValueCondition
from oscar.apps.offer.models import ConditionalOffer
from oscar.apps.offer.utils import unit_price
from oscar.apps.voucher.models import Voucher

from storefront.core.money import ZERO, rupees
from storefront.discounts.queries.ranges import look_up
from storefront.discounts.queries.shoppers import Shopper, with_uses
from storefront.discounts.queries.vouchers import VoucherState, problem_of, state_of
from storefront.discounts.rules import Discount, in_language, parts_of
from storefront.discounts.rules import VoucherProblem as Problem


@dataclass(frozen=True, slots=True)
class DeliveryOffer:
    """An offer that makes delivery cheaper: how much depends on where it goes."""

    offer: Any
    times: int

    def discount_on(self, charge: Decimal) -> Discount | None:
        """Return what is taken off this charge for delivery, in rupees; `None` if nothing."""
        amount = min(charge, rupees(self.offer.shipping_discount(charge)))
        return _discount(self.offer, self.times, amount, {}) if amount > ZERO else None


@dataclass(frozen=True, slots=True)
class DeliveryNear:
    """Cheaper delivery that a basket has not reached: from how much on, and what is missing."""

    label: str
    least: Decimal
    missing: Decimal


@dataclass(frozen=True, slots=True)
class Prices:
    """All that is taken off a basket."""

    discounts: tuple[Discount, ...]
    delivery: DeliveryOffer | None
    vouchers: tuple[VoucherState, ...]
    near: DeliveryNear | None = None


def prices_of(basket: Any, lines: Sequence[Any], shopper: Shopper) -> Prices:
    """
    Return what is taken off a basket's lines; a dozen queries at most, whatever there is.

    The lines come with the columns of `in_force`: without any, nothing is asked.
    """
    voucher_ids, site = (lines[0].voucher_ids, lines[0].offer_ids) if lines else ([], [])
    vouchers = _vouchers_of(voucher_ids, shopper)
    problems = {voucher.pk: problem_of(voucher) for voucher in vouchers}
    usable = [voucher for voucher in vouchers if problems[voucher.pk] is None]
    offers = _offers(usable, site, lines, shopper)
    discounts, delivery = _apply(basket, lines, offers)
    problems |= _idle(usable, offers, discounts, delivery)
    return Prices(
        tuple(discounts),
        delivery,
        tuple(state_of(voucher, problems[voucher.pk]) for voucher in vouchers),
        None if delivery else _near(basket, offers),
    )


def in_force(basket_id: int, moment: datetime) -> dict[str, ArraySubquery]:
    """
    Return columns for a query of a basket's lines: what may be taken off them at this moment.

    They are the numbers of its vouchers, and of the offers to everybody. On most days there are
    none, and the lines have to be read anyway.
    """
    vouchers = Voucher.objects.filter(basket=basket_id)
    site = ConditionalOffer.objects.filter(
        Q(start_datetime=None) | Q(start_datetime__lte=moment),
        Q(end_datetime=None) | Q(end_datetime__gte=moment),
        offer_type=ConditionalOffer.SITE,
        status=ConditionalOffer.OPEN,
    )
    return {
        "voucher_ids": ArraySubquery(vouchers.order_by("pk").values("pk")),
        "offer_ids": ArraySubquery(site.order_by("pk").values("pk")),
    }


def _vouchers_of(ids: list[int], shopper: Shopper) -> list[Any]:
    if not ids:
        return []
    return list(with_uses(Voucher.objects.filter(pk__in=ids).order_by("pk"), shopper))


def _idle(
    usable: list[Any], offers: list[Any], discounts: list[Discount], delivery: DeliveryOffer | None
) -> dict[int, Problem]:
    """Return the vouchers that take nothing off after all, and why."""
    giving = {each.voucher_id for each in discounts}
    if delivery and (voucher := delivery.offer.get_voucher()):
        giving.add(voucher.pk)
    idle = [voucher for voucher in usable if voucher.pk not in giving]
    return {
        voucher.pk: Problem.NOT_FOR_THIS if _is_left(voucher, offers) else Problem.USED_UP
        for voucher in idle
    }


def _is_left(voucher: Any, offers: list[Any]) -> bool:
    return any(
        offer.get_voucher() == voucher and offer.get_max_applications() > 0 for offer in offers
    )


def would_take_off(basket: Any, lines: Sequence[Any], voucher: Voucher) -> bool:
    """Return whether a voucher alone, without any other offer, takes something off."""
    offers = _offers([voucher], [], lines, Shopper(basket.owner_id))
    discounts, delivery = _apply(basket, lines, offers)
    return bool(discounts or delivery)


def label(name: str, code: str) -> str:
    """Return what a discount is called, in the buyer's language, with its voucher's code."""
    own = in_language(name, get_language() or "en")
    return gettext("%(name)s (voucher %(code)s)") % {"name": own, "code": code} if code else own


def _offers(
    vouchers: list[Any], site: list[int], lines: Sequence[Any], shopper: Shopper
) -> list[Any]:
    """
    Return the offers to try, the most important first, with all that Oscar asks of them.

    `site` are the numbers of those to everybody.
    """
    of_voucher = _voucher_of_offer(vouchers)
    known = [*of_voucher, *site]
    if not known:
        return []
    found = (
        ConditionalOffer.objects.filter(pk__in=known)
        .exclude(status=ConditionalOffer.SUSPENDED)
        .select_related("condition__range", "benefit__range")
        .prefetch_related("combinations", "in_combination")
        .order_by("-priority", "pk")
    )
    offers = sorted(found, key=lambda offer: (-offer.priority, offer.pk not in of_voucher))
    for offer in offers:
        if offer.pk in of_voucher:
            offer.set_voucher(of_voucher[offer.pk])
        _make_ready(offer)
    ranges = [part.range for offer in offers for part in (offer.condition, offer.benefit)]
    look_up([each for each in ranges if each], [line.product for line in lines])
    return _within_persons_limits(offers, shopper)


def _voucher_of_offer(vouchers: list[Any]) -> dict[int, Any]:
    if not vouchers:
        return {}
    known = {voucher.pk: voucher for voucher in vouchers}
    rows = Voucher.offers.through.objects.filter(voucher__in=known).order_by("-voucher_id")
    return {
        offer: known[voucher]
        for voucher, offer in rows.values_list("voucher_id", "conditionaloffer_id")
    }


def _make_ready(offer: Any) -> None:
    """Put Oscar's working classes in place once: made anew, they would ask for their range."""
    for name in ("condition", "benefit"):
        part = getattr(offer, name)
        working = part.proxy()
        working.range = part.range
        setattr(offer, name, working)
    offer.combined_offers = [offer, *offer.combinations.all(), *offer.in_combination.all()]


def _within_persons_limits(offers: list[Any], shopper: Shopper) -> list[Any]:
    """Return the offers this person may still use; what is left becomes the basket's limit."""
    limited = [offer for offer in offers if offer.max_user_applications]
    used = shopper.used([offer.pk for offer in limited])
    for offer in limited:
        left = max(0, offer.max_user_applications - used.get(offer.pk, 0))
        offer.max_basket_applications = min(left, offer.max_basket_applications or left)
        offer.max_user_applications = None  # Oscar would count again, and guests not at all
    return [offer for offer in offers if offer not in limited or offer.max_basket_applications]


def _apply(
    basket: Any, lines: Sequence[Any], offers: list[Any]
) -> tuple[list[Discount], DeliveryOffer | None]:
    if not offers:
        return [], None
    basket.stand_on(lines)
    Applicator().apply_offers(basket, offers)
    weights: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for line in lines:
        for each in line.discounts:
            parts = weights[each.offer.pk]
            parts[line.pk] = parts.get(line.pk, ZERO) + each.amount
    room = {line.pk: line.stockrecord.price * line.quantity for line in lines}
    discounts, delivery = [], None
    for applied in basket.offer_applications:
        offer, times = applied["offer"], applied["freq"]
        if applied["result"].affects_shipping:
            delivery = delivery or DeliveryOffer(offer, times)
            continue
        parts = parts_of(rupees(applied["discount"]), weights[offer.pk], room=room)
        for line, part in parts.items():
            room[line] -= part
        if parts:
            discounts.append(_discount(offer, times, sum(parts.values(), ZERO), parts))
    return discounts, delivery


def _near(basket: Any, offers: Sequence[Any]) -> DeliveryNear | None:
    """Return the nearest offer on delivery that asks for a sum the basket does not reach yet."""
    found = []
    for offer in offers:
        condition = offer.condition
        if not isinstance(offer.benefit, ShippingBenefit):
            continue
        if not isinstance(condition, ValueCondition):
            continue
        reached = sum(
            unit_price(offer, line) * line.quantity_without_offer_discount(offer)
            for line in basket.all_lines()
            if condition.can_apply_condition(line)
        )
        if ZERO < reached < condition.value:
            missing = condition.value - reached
            found.append(DeliveryNear(label(offer.name, ""), condition.value, missing))
    return min(found, key=lambda near: near.missing, default=None)


def _discount(offer: Any, times: int, amount: Decimal, parts: dict[int, Decimal]) -> Discount:
    voucher = offer.get_voucher()
    return Discount(
        offer_id=offer.pk,
        name=offer.name,
        times=times,
        amount=amount,
        parts=parts,
        voucher_id=voucher.pk if voucher else None,
        code=voucher.code if voucher else "",
    )
