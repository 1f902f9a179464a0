"""Pages go offline when somebody they show does not agree any more."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.contrib.postgres.search import CombinedSearchVector, SearchQuery
from django.core.management import call_command
from django.db import transaction
from django.db.models import F, Q, QuerySet
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.search.models import IndexEntry

from cms.people import gaps, needs_of, note, recordings_of
from cms.shown_people import ShownPerson
from storefront.consent.models import Person
from storefront.consent.queries import said_of
from storefront.consent.rules import Need, Use, missing
from storefront.core.secret_names import hide

TAKEN_BACK, HELD_BACK = "zila.consent.take_back", "zila.consent.hold_back"
# So long the editors' front page tells of pages that were taken or held back.
TOLD_FOR = timedelta(days=30)
MOST_TOLD = 20


def follow(people: Collection[int] | None, *, on: date) -> None:
    """
    Take offline what shows one of these people, or anybody, without consent on a day.

    Safe to run again. Pages that named somebody before the ledger knew them are found by the
    search index.
    """
    for page in _naming(people or ()):
        note(page, needs_of(page))
    shown = ShownPerson.objects.filter(page__live=True, page__alias_of=None)
    if people is not None:
        shown = shown.filter(person__in=people)
    wanted: dict[Need, list[int]] = {}
    for need, page_id in _needs(shown):
        wanted.setdefault(need, []).append(page_id)
    said = said_of({need.person for need in wanted})
    lacking = missing(wanted, said, on=on)
    for page_id in sorted({page_id for need in lacking for page_id in wanted[need]}):
        page = Page.objects.get(pk=page_id).specific
        UnpublishPageAction(page, log_action=TAKEN_BACK).execute(skip_permission_checks=True)
        _hide_recordings(page)


def note_older() -> None:
    """Write down whom pages show that were live before there was a ledger; safe to run again."""
    noted = ShownPerson.objects.values("page")
    pages = Page.objects.live().filter(alias_of=None, content_type__app_label="cms")
    for page in pages.exclude(pk__in=noted).order_by("pk").specific().iterator():
        with transaction.atomic():
            note(page, needs_of(page))


def publish_due(*, now: datetime) -> None:
    """
    Publish and end what is due by the editors' dates.

    A page that shows somebody without consent is held back, and keeps no other from its readers.
    """
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("pk"):
        page = revision.as_object()
        if gaps(page):
            _hold_back(revision, page)
    call_command("publish_scheduled")


def taken_back(*, now: datetime) -> list[Page]:
    """Return the pages that were taken or held back lately and are not published again."""
    told = PageLogEntry.objects.filter(
        action__in=(TAKEN_BACK, HELD_BACK), timestamp__gt=now - TOLD_FOR
    ).exclude(page__last_published_at__gt=F("timestamp"))
    pages = Page.objects.filter(pk__in=told.values("page")).select_related("locale")
    return list(pages.order_by("title", "pk")[:MOST_TOLD])


def pages_showing(person: Person) -> list[Page]:
    """Return the live pages that show somebody."""
    shown = ShownPerson.objects.filter(person=person).values("page")
    pages = Page.objects.live().filter(pk__in=shown, alias_of=None).select_related("locale")
    return list(pages.order_by("title", "pk"))


@transaction.atomic
def _hold_back(revision: Revision, page: Page) -> None:
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(instance=page, action=HELD_BACK, revision=revision)


def _hide_recordings(page: Page) -> None:
    """Let nobody hear or watch at the address they knew; another page that plays it has the new."""
    for file in recordings_of(page):
        hide(file.file)
        file.save(update_fields=["file"])


def _needs(shown: QuerySet[ShownPerson]) -> Iterator[tuple[Need, int]]:
    rows = shown.order_by("page", "pk").values_list(
        "person", "use", "photo", "page__locale__language_code", "page__translation_key", "page"
    )
    for person, use, photo, language, key, page_id in rows:
        story = key if use == Use.STORY else None
        yield Need(person, Use(use), language, photo=photo, story=story), page_id


def _naming(people: Collection[int]) -> QuerySet[Page]:
    """Return the live pages whose indexed words may name one of these people."""
    names = Q(pk__in=[])
    for person in Person.objects.filter(pk__in=people):
        for name in {person.name_en, person.name_hi}:
            names |= Q(told=SearchQuery(name, search_type="phrase", config="english"))
    told = CombinedSearchVector(F("title"), "||", F("body"), config=None)
    entries = IndexEntry.objects.filter(content_type__app_label="cms").alias(told=told)
    numbers = [int(number) for number in entries.filter(names).values_list("object_id", flat=True)]
    pages: QuerySet[Page] = Page.objects.live().filter(pk__in=numbers, alias_of=None).specific()
    return pages
