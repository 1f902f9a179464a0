"""Where a PIN code lies, and lists of places."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, override

from storefront.atlas.models import Pincode, PinPrefix, State, UnservedPin
from storefront.atlas.rules import clean_pin
from storefront.core.clock import today
from storefront.core.compiled import compiled
from storefront.core.kept import kept
from storefront.core.words import plain, told


@dataclass(frozen=True, slots=True)
class PinFacts:
    """
    What is known of a PIN code: the states it can lie in, and its district, if in Uttar Pradesh.

    The district is a name in the reader's language, or empty; so is why no parcel goes there now,
    and the last day of that, if anybody knows it.
    """

    pin: str
    states: tuple[State, ...]
    district: str
    unserved_because: str = ""
    unserved_until: date | None = None

    @property
    def is_known(self) -> bool:
        """Return whether post goes there at all."""
        return bool(self.states)

    @property
    def is_served(self) -> bool:
        """Return whether a parcel can be sent there today."""
        return self.is_known and not self.unserved_because

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
        return self._unserved_text() if self.unserved_because else ""

    def _unserved_text(self) -> str:
        words = {"place": self.place_text, "reason": self.unserved_because}
        if self.unserved_until is None:
            return gettext("No parcels go to %(place)s at present. %(reason)s") % words
        text = gettext("No parcels go to %(place)s until %(day)s. %(reason)s")
        return text % {**words, "day": date_format(self.unserved_until, "j F Y")}

    def allows(self, state_code: str) -> bool:
        """Return whether the PIN can lie in the state (GST code)."""
        return any(state.code == state_code for state in self.states)


def pin_facts(text: str) -> PinFacts:
    """Return what is known of a PIN code today, as somebody wrote it; one query."""
    pin = clean_pin(text)
    if not pin:
        return PinFacts(pin="", states=(), district="")
    beginnings = [pin[:length] for length in range(2, 7)]
    rows = _prefixes(pin, beginnings, today())
    if not rows:
        return PinFacts(pin=pin, states=(), district="")
    longest = max(len(row.prefix) for row in rows)
    return PinFacts(
        pin=pin,
        states=tuple(row.state for row in rows if len(row.prefix) == longest),
        district=rows[0].district or "",
        unserved_because=rows[0].unserved_because or "",
        unserved_until=rows[0].unserved_until,
    )


def state_choices() -> list[tuple[str, str]]:
    """Return all states' codes with names in the language of the moment, by name; kept."""
    return _state_choices(get_language())


def state_of(code: str) -> State:
    """Return a state by its GST code; kept. Raises: KeyError: there is none."""
    return _states()[code]


@compiled
def _prefixes(pin: str, beginnings: list[str], day: date) -> QuerySet[Any]:
    """Return the beginnings of a PIN code that are listed, each with all that is known of it."""
    district = plain(Pincode).filter(pin=pin).values_list(told("district__name"))
    unserved = UnservedPin.objects.filter(
        Q(last_day=None) | Q(last_day__gte=day), prefix__in=beginnings, first_day__lte=day
    ).order_by("-prefix", "-first_day")[:1]  # the nearest says why
    found = PinPrefix.objects.select_related("state").filter(prefix__in=beginnings)
    return found.annotate(
        district=Subquery(district),
        unserved_because=Subquery(unserved.values(why=told("reason"))),
        unserved_until=Subquery(unserved.values("last_day")),
    ).order_by("pk")


@kept("RATES_KEPT_SECONDS")
def _state_choices(language: str | None) -> list[tuple[str, str]]:
    with override(language):
        named = [(code, state.name) for code, state in _states().items()]
    return sorted(named, key=lambda state: state[1])


@kept("RATES_KEPT_SECONDS")
def _states() -> dict[str, State]:
    return State.objects.in_bulk()
