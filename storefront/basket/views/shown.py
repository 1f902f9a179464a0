"""The basket in words: what its page shows, by seller, and the way to what is wrong."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from storefront.atlas.queries import PinFacts
from storefront.basket.queries import (
    BasketView,
    Delivery,
    LineView,
    SellerGroup,
    deliveries,
    discount_rows,
)
from storefront.core.clock import today
from storefront.core.money import ZERO, grouped
from storefront.discounts.rules import Discount
from storefront.shipping.rules import TooHeavy


def basket_context(view: BasketView, *, typed: str, facts: PinFacts) -> dict[str, Any]:
    """Return what the basket page shows; `typed` is a PIN code, or what should be one."""
    parcels, off = _parcels(view, facts)
    return {
        "count": view.count,
        "basket_count": view.count,
        "groups": [_group(group, parcels.get(group.seller.pk)) for group in view.groups],
        "problems": [*problems(view), *_out_of_reach(parcels.values())],
        "pin": {"typed": facts.pin or typed[:20], "answer": _pin_answer(typed, facts)},
        "delivery_near": _near(view),
        "vouchers": [
            {
                "code": voucher.code,
                "name": voucher.name,
                "problem": voucher.problem_text,
                "remove_url": reverse("basket-voucher", args=[voucher.code]),
            }
            for voucher in view.vouchers
        ],
        "sums": _sums(view, parcels.values(), off),
        "checkout_url": reverse("checkout"),
    }


def _parcels(view: BasketView, facts: PinFacts) -> tuple[dict[int, Delivery], Discount | None]:
    """Return the parcels to a PIN code by seller; none where the state is open, or none go."""
    if len(facts.states) != 1 or not facts.is_served:
        return {}, None
    try:
        found, off = deliveries(view, buyer_state=facts.states[0].pk, today=today())
    except TooHeavy:
        return {}, None
    return {each.group.seller.pk: each for each in found}, off


def _group(group: SellerGroup, parcel: Delivery | None) -> dict[str, Any]:
    sums = [{"label": _("Goods"), "text": group.items_total_text}]
    if parcel:
        text = parcel.charge_text or _("not possible to this state")
        sums.append({"label": _("Delivery"), "text": text})
    arrives = parcel and parcel.days_text and _("arrives %(days)s") % {"days": parcel.days_text}
    return {
        "seller_name": group.name,
        "town": group.seller.town,
        "delivery_date_text": arrives or _making(group.lead_days),
        "lines": [_line(line) for line in group.lines],
        "sums": sums,
    }


def _pin_answer(typed: str, facts: PinFacts) -> dict[str, str] | None:
    if not typed:
        return None
    if facts.is_served:
        return {"arrives_text": facts.place_text}
    return {"problem": facts.problem_text}


def _out_of_reach(parcels: Iterable[Delivery]) -> list[dict[str, str]]:
    """Return the sellers who may not sell to the buyer's state, each with the way to its lines."""
    text = _("%(seller)s may only sell inside their own state. Please remove their pieces.")
    return [
        {
            "text": text % {"seller": each.group.name},
            "url": f"{reverse('basket')}#line-{each.group.lines[0].id}",
        }
        for each in parcels
        if each.quote is None
    ]


def _near(view: BasketView) -> dict[str, Any] | None:
    """Return how near a basket is to cheaper delivery, if an offer promises it."""
    near = view.delivery_near
    if near is None:
        return None
    text = _("%(amount)s more, and this is yours: %(offer)s")
    return {
        "text": text % {"amount": grouped(near.missing), "offer": near.label},
        "reached": f"{near.least - near.missing:.0f}",
        "least": f"{near.least:.0f}",
    }


def _goods_rows(view: BasketView) -> list[dict[str, Any]]:
    goods = {"label": _("Goods"), "text": grouped(view.full_total)}
    if not view.discounts:
        return [goods]
    after = {"label": _("Goods after discounts"), "text": view.total_text}
    return [goods, *discount_rows(view.discounts), after]


def _sums(
    view: BasketView, parcels: Collection[Delivery], off: Discount | None
) -> list[dict[str, Any]]:
    """Return what the goods cost, what delivery adds once it is known where to, and both."""
    goods = _goods_rows(view)
    quotes = [each.quote for each in parcels if each.quote]
    if not quotes or len(quotes) < len(parcels):
        delivery = {"label": _("Delivery"), "text": _("shown with your address")}
        return [*goods[:-1], goods[-1] | {"is_total": len(goods) > 1}, delivery]
    full = sum((quote.charge for quote in quotes), ZERO)
    total = view.total + full - (off.amount if off else ZERO)
    return [
        *goods,
        {"label": _("Delivery"), "text": grouped(full)},
        *discount_rows([off] if off else []),
        {"label": _("Together, GST included"), "text": grouped(total), "is_total": True},
    ]


def idle_vouchers(view: BasketView) -> list[dict[str, str]]:
    """Return the vouchers that take nothing off, with the way to where they can be removed."""
    return [
        {"text": f"{each.code}: {each.problem_text}", "url": f"{reverse('basket')}#vouchers"}
        for each in view.vouchers
        if each.problem
    ]


def problems(view: BasketView) -> list[dict[str, str]]:
    """Return what is wrong with a basket, each with the way to its line."""
    return [
        {"text": f"{line.title}: {line.problem_text}", "url": f"{reverse('basket')}#line-{line.id}"}
        for line in view.problems
    ]


def _line(line: LineView) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "url": line.url,
        "picture": line.picture,
        "unit_price_text": line.unit_price_text,
        "total_text": line.line_price_text,
        "full_text": line.full_price_text if line.full_price != line.line_price else "",
        "quantity": line.quantity,
        "max_quantity": max(line.free, line.quantity),
        "stock_text": "",
        "problem": line.problem_text,
        "update_url": reverse("basket-line", args=[line.id]),
        "remove_url": reverse("basket-line", args=[line.id]),
    }


def _making(lead_days: int) -> str:
    if not lead_days:
        return _("sent within two working days")
    return ngettext("made for you in %(days)s day", "made for you in %(days)s days", lead_days) % {
        "days": lead_days
    }
