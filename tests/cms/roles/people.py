"""Those who knock at the editors' office, each signed in, and what they find there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from cms.correspondents import give_district
from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.accounts.services import PersonFacts, add_person
from tests.factories.catalogue import make_district

GUEST, OWNER, ELSEWHERE = "guest", "owner", "correspondent elsewhere"
WHO = (GUEST, *(role.name.lower() for role in Role), ELSEWHERE, OWNER)
YES, NO, UNSEEN = "yes", "no", "–"
# Each row's name, and what stands in it for each of WHO.
Table = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody, signed in; a guest is nobody."""

    who: str
    client: Client


def visitor(who: str) -> Visitor:
    """Sign somebody in as one of WHO; a correspondent's own district is Moradabad."""
    call_command("setup_roles", stdout=StringIO())
    client = Client()
    if who == OWNER:
        client.force_login(User.objects.create_superuser("owner@example.org", "a long enough one"))
    elif who != GUEST:
        role = Role.CORRESPONDENT if who == ELSEWHERE else Role[who.upper()]
        user = add_person(PersonFacts(email=f"{who[:6]}@example.org", name="Usha Devi"), role=role)
        if role == Role.CORRESPONDENT:
            places = {"correspondent": ("Moradabad", "मुरादाबाद"), ELSEWHERE: ("Banda", "बाँदा")}
            give_district(user, make_district(*places[who]))
        client.force_login(user)
    return Visitor(who, client)


@contextmanager
def undone() -> Iterator[None]:
    """Take back in the end what was done."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for cache in caches.all(initialized_only=True):
        cache.clear()


def table(heading: str) -> Table:
    """Return the table below a heading of docs/chapters/roles.md; a column may be of several."""
    text = Path(settings.BASE_DIR, "docs", "chapters", "roles.md").read_text(encoding="utf-8")
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    first, _line, *rows = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in part.splitlines()
        if line.startswith("|")
    ]
    columns = [name.split(", ") for name in first[1:]]
    assert sorted(who for names in columns for who in names) == sorted(WHO), heading
    return {
        row[0]: {who: cell for names, cell in zip(columns, row[1:], strict=True) for who in names}
        for row in rows
    }
