"""What a buyer is told about stock, in the language of the moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext, ngettext

from storefront.catalogue.rules import StockState, stock_state
from storefront.core.clock import clock_text, now

# How many pieces of everything an editor's preview says are free; mostly nothing.
_PRETENDED: ContextVar[int | None] = ContextVar("pretended", default=None)


class Kind(Protocol):
    """What of a product decides the words: a product itself, or a row of a list."""

    @property
    def lead_days(self) -> int:
        """How long it takes to make one."""

    @property
    def is_one_of_a_kind(self) -> bool:
        """Whether there is but one."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Whether there is any: `free` pieces, or held until a time for somebody at the checkout."""

    state: StockState
    text: str
    free: int
    held_until: datetime | None


@contextmanager
def pretending(*, free: int) -> Iterator[None]:
    """Let every product say, meanwhile and in this thread, that so many pieces are free."""
    token = _PRETENDED.set(free)
    try:
        yield
    finally:
        _PRETENDED.reset(token)


def is_pretending() -> bool:
    """Return whether what is told of stock is not so, and may not be remembered."""
    return _PRETENDED.get() is not None


def stock_of(product: Kind, *, free: int, held_until: datetime | None) -> Stock:
    """
    Return what to tell of a product's stock; `held_until` is when the first hold ends.

    A piece whose time ran out can be bought by whoever asks first, so it counts as free.
    """
    pretended = _PRETENDED.get()
    if pretended is not None:
        free, held_until = pretended, None
    if free <= 0 and held_until and held_until <= now():
        free = 1
    is_held = free <= 0 and held_until is not None
    state = stock_state(free=free, lead_days=product.lead_days, is_held=is_held)
    if held_until and state == StockState.HELD:
        return Stock(state, held_text(held_until), free, held_until)
    return Stock(state, _text(product, state, free), free, None)


def held_text(until: datetime) -> str:
    """Return that somebody is buying it, and when it may be free again."""
    return gettext("In someone's basket until %(time)s") % {"time": clock_text(until)}


def _text(product: Kind, state: StockState, free: int) -> str:
    if state == StockState.SOLD_OUT:
        return gettext("Sold") if product.is_one_of_a_kind else gettext("Sold out")
    if product.is_one_of_a_kind:
        return gettext("One of a kind")
    if state == StockState.MADE_TO_ORDER:
        return ngettext(
            "Made to order in %(days)s day", "Made to order in %(days)s days", product.lead_days
        ) % {"days": product.lead_days}
    if state == StockState.LOW:
        return ngettext("Only %(free)s left", "Only %(free)s left", free) % {"free": free}
    return gettext("In stock")
