"""Where a PIN code lies, and lists of places."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language, override

from storefront.atlas.models import District, Pincode, PinPrefix, State
from storefront.atlas.rules import clean_pin
from storefront.core.compiled import compiled
from storefront.core.kept import kept


@dataclass(frozen=True, slots=True)
class PinFacts:
    """What is known of a PIN code: the states it can lie in, its district if in Uttar Pradesh."""

    pin: str
    states: tuple[State, ...]
    district: District | None

    @property
    def is_known(self) -> bool:
        """Return whether post goes there at all."""
        return bool(self.states)

    def allows(self, state_code: str) -> bool:
        """Return whether the PIN can lie in the state (GST code)."""
        return any(state.code == state_code for state in self.states)


def pin_facts(text: str) -> PinFacts:
    """Return what is known of a PIN code as somebody wrote it; two queries."""
    pin = clean_pin(text)
    if not pin:
        return PinFacts(pin="", states=(), district=None)
    local = next(iter(_offices(pin)), None)
    by_length: dict[int, list[State]] = {}
    for row in _prefixes([pin[:length] for length in (2, 3, 6)]):
        by_length.setdefault(len(row.prefix), []).append(row.state)
    states = by_length[max(by_length)] if by_length else []
    return PinFacts(pin=pin, states=tuple(states), district=local.district if local else None)


def states_by_name() -> list[State]:
    """Return all states, by their name in the language of the moment; kept for seconds."""
    return _states(get_language())


@compiled
def _offices(pin: str) -> QuerySet[Pincode]:
    return Pincode.objects.select_related("district").filter(pin=pin)


@compiled
def _prefixes(beginnings: list[str]) -> QuerySet[PinPrefix]:
    found = PinPrefix.objects.select_related("state").filter(prefix__in=beginnings)
    return found.order_by("pk")


@kept("RATES_KEPT_SECONDS")
def _states(language: str | None) -> list[State]:
    with override(language):
        return sorted(State.objects.all(), key=lambda state: state.name)
