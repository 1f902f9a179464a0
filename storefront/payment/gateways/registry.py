"""The one list of ways to pay, from the settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext

from storefront.core.plugs import plugs
from storefront.core.refusals import Refusal
from storefront.payment.gateways.base import (
    Gateway,
    Objection,
    Provider,
    Purchase,
    UnknownThere,
    Way,
)
from storefront.payment.rules import WayKind


class WayRefused(Refusal):
    """A purchase cannot be paid this way; `reason` is the objection's code."""

    code = "way-refused"

    def __init__(self, objection: Objection) -> None:
        super().__init__(objection.text)
        self.reason = objection.code


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to pay, and why it is not offered, if so."""

    way: Way
    objection: Objection | None


def ways() -> list[Way]:
    """Return all ways to pay, in the order in which they are offered."""
    return [each() for each in plugs("PAYMENT_WAYS")]


def choices(purchase: Purchase) -> list[Choice]:
    """Return every way to pay for a purchase, with what speaks against it."""
    return [Choice(way, way.why_not(purchase)) for way in ways()]


def chosen(name: str, purchase: Purchase) -> Way:
    """
    Return the way of that name; without a name the first that is offered.

    What costs nothing is paid by nothing, whatever was chosen.

    Raises:
        WayRefused: there is no such way, or it is not offered for this purchase.
    """
    refused = None
    for way in ways():  # only those are asked that may be meant: a way may ask the database
        if name not in ("", way.name) and way.kind != WayKind.NOTHING:
            continue
        objection = way.why_not(purchase)
        if objection is None:
            return way
        if way.name == name:
            refused = objection
    nothing_like_it = gettext("There is no such way to pay.")
    raise WayRefused(refused or Objection("no-such-way", nothing_like_it))


def gateway_of(provider: str) -> Gateway:
    """
    Return the provider of that name.

    Raises:
        UnknownThere: the shop does not pay with it any more, so nothing can be asked of it.
    """
    for way in ways():
        if way.name == provider and way.kind == WayKind.PAGE:
            return cast(Gateway, way)
    raise UnknownThere("no-such-provider")


def main_gateway() -> Gateway:
    """Return the provider with which buyers pay when they choose none."""
    return next(cast(Gateway, way) for way in ways() if way.kind == WayKind.PAGE)


def providers() -> Iterator[Provider]:
    """Return the providers that hold our money."""
    for way in ways():
        if way.kind == WayKind.PAGE:
            yield cast(Provider, way)
