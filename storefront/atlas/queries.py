"""Where a PIN code lies, and lists of places."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils.translation import get_language, gettext, override

from storefront.atlas.models import Pincode, PinPrefix, State
from storefront.atlas.rules import clean_pin
from storefront.core.compiled import compiled
from storefront.core.kept import kept
from storefront.core.words import plain, told


@dataclass(frozen=True, slots=True)
class PinFacts:
    """
    What is known of a PIN code: the states it can lie in, and its district, if in Uttar Pradesh.

    The district is a name in the reader's language, or empty.
    """

    pin: str
    states: tuple[State, ...]
    district: str

    @property
    def is_known(self) -> bool:
        """Return whether post goes there at all."""
        return bool(self.states)

    @property
    def place_text(self) -> str:
        """Return where it lies, for people: the district or the state, and the PIN itself."""
        place = self.district or " / ".join(state.name for state in self.states)
        return f"{place}, {self.pin}"

    @property
    def problem_text(self) -> str:
        """Return what is wrong with the PIN code, for people; empty if nothing is."""
        if not self.pin:
            return gettext("A PIN code has six digits and does not start with 0.")
        if not self.is_known:
            return gettext("We know no post office with this PIN code. Please check it.")
        return ""

    def allows(self, state_code: str) -> bool:
        """Return whether the PIN can lie in the state (GST code)."""
        return any(state.code == state_code for state in self.states)


def pin_facts(text: str) -> PinFacts:
    """Return what is known of a PIN code as somebody wrote it; one query."""
    pin = clean_pin(text)
    if not pin:
        return PinFacts(pin="", states=(), district="")
    rows = _prefixes(pin, [pin[:length] for length in (2, 3, 6)])
    longest = max((len(row.prefix) for row in rows), default=0)
    states = tuple(row.state for row in rows if len(row.prefix) == longest)
    return PinFacts(pin=pin, states=states, district=(rows and rows[0].district) or "")


def states_by_name() -> list[State]:
    """Return all states, by their name in the language of the moment; kept for seconds."""
    return _states(get_language())


@compiled
def _prefixes(pin: str, beginnings: list[str]) -> QuerySet[Any]:
    """Return the beginnings of a PIN code that are listed, each with the PIN's district."""
    district = plain(Pincode).filter(pin=pin).values_list(told("district__name"))
    found = PinPrefix.objects.select_related("state").filter(prefix__in=beginnings)
    return found.annotate(district=Subquery(district)).order_by("pk")


@kept("RATES_KEPT_SECONDS")
def _states(language: str | None) -> list[State]:
    with override(language):
        return sorted(State.objects.all(), key=lambda state: state.name)
