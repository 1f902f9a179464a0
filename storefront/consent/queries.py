"""What stands in the ledger: who agreed to what, what a page may not show, what ends soon."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from storefront.consent.models import Agreement, Person
from storefront.consent.rules import Need, Said, Use, ends_soon, missing
from storefront.core.kept import kept

# A letter or a sign of one, of Latin or Devanagari.
_LETTER = r"[\w\u0900-\u0963]"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an agreement: it was recorded or withdrawn."""

    at: datetime
    by: str
    agreement: Agreement
    reason: str = ""


def locked(people: Collection[int]) -> list[Person]:
    """Lock people until the transaction ends: a page that shows them waits before it is live."""
    if not people:
        return []
    found = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=people)
    return list(found.select_related("district").order_by("pk"))


def said_of(people: Collection[int] | None = None) -> dict[int, list[Said]]:
    """Return the agreements of some people, or of all, the oldest first; one query."""
    found: dict[int, list[Said]] = defaultdict(list)
    rows = Agreement.objects.order_by("pk")
    if people is not None:
        rows = rows.filter(person__in=people)
    columns = ("use", "languages", "from_on", "until_on", "photo", "story", "withdrawal")
    for person, use, languages, first, last, photo, story, back in rows.values_list(
        "person", *columns
    ):
        found[person].append(
            Said(Use(use), frozenset(languages), first, last, photo, story, back is not None)
        )
    return found


def missing_of(needs: Collection[Need], *, on: date) -> tuple[Need, ...]:
    """Return what is not agreed to; one query, or none without needs."""
    if not needs:
        return ()
    return missing(needs, said_of({need.person for need in needs}), on=on)


def people_named(text: str) -> dict[str, set[int]]:
    """
    Return whose whole names stand in a text, by name; one query.

    Only names of two words or more count: a first name alone may be anybody's.
    """
    told = _plain(text)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"text": told})
        rows = cursor.fetchall()
    found: dict[str, set[int]] = defaultdict(set)
    for person, *names in rows:
        for name in map(_plain, names):
            if " " in name and re.search(f"(?<!{_LETTER}){re.escape(name)}(?!{_LETTER})", told):
                found[name].add(person)
    return found


_NAMED = """
    SELECT id, name_en, name_hi FROM consent_person
    WHERE strpos(%(text)s, lower(normalize(name_en, NFC))) > 0
        OR strpos(%(text)s, lower(normalize(name_hi, NFC))) > 0
    ORDER BY id
"""


def people_on(photos: Collection[int]) -> list[tuple[int, int]]:
    """Return pairs of person and photo of the photos that show somebody known; one query."""
    if not photos:
        return []
    shown = Agreement.objects.filter(photo__in=photos).order_by("person", "photo")
    return list(shown.values_list("person", "photo").distinct())


def ending_soon(*, on: date) -> list[Agreement]:
    """Return the agreements that end within thirty days and were not renewed, the next first."""
    ending = Agreement.objects.ending(on=on).select_related("person")
    found = list(ending.order_by("until_on", "pk"))
    said = said_of({each.person_id for each in found})
    return [each for each in found if ends_soon(each.as_said(), said[each.person_id], on=on)]


def history_of(person: Person) -> list[Event]:
    """Return all that happened to somebody's agreements, the latest first; one query."""
    rows = person.agreements.select_related(
        "person", "photo", "paper", "recorded_by", "withdrawal__recorded_by"
    )
    events = []
    for row in rows.order_by("pk"):
        events.append(Event(row.recorded_at, str(row.recorded_by or ""), row))
        if hasattr(row, "withdrawal"):
            back = row.withdrawal
            events.append(Event(back.at, str(back.recorded_by or ""), row, back.reason))
    return sorted(events, key=lambda event: (event.at, bool(event.reason)), reverse=True)


@kept("RATES_KEPT_SECONDS")
def told_of_people() -> tuple[int, str]:
    """
    Return what changes whenever somebody withdraws, or a maker may not be named any more.

    One query, and none while it is kept: so long an answer in another process may tell a name.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOLD)
        withdrawn, unnamed = cursor.fetchone() or (0, "")
    return int(withdrawn), str(unnamed)


_TOLD = """
    SELECT (SELECT count(*) FROM consent_withdrawal),
        (SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM catalogue_artisan
            WHERE NOT is_named)
"""


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Return people's names in the language of the moment, by number; one query."""
    return {pk: str(person) for pk, person in Person.objects.in_bulk(list(people)).items()}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
