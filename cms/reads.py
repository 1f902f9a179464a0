"""How often stories are read: a number a day, nothing of who read."""

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import models
from django.db.models import F, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cms.pages.stories import StoryPage
from storefront.core.clock import today
from storefront.core.doors import came_from, same_origin
from storefront.core.money import ZERO
from storefront.core.statements import execute
from storefront.order.models import CancelledLine, Line
from storefront.order.rules import CancellationState, OrderState

# One reader who comes back within these seconds has read once.
ONE_READ_SECONDS = 30 * 60


class StoryReads(models.Model):
    """How often a story was read on a day in a language; `story` is its key in all languages."""

    story = models.UUIDField(_("story"))
    language = models.CharField(_("language"), max_length=10)
    day = models.DateField(_("day"))
    reads = models.PositiveIntegerField(_("reads"), default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("story", "language", "day"), name="cms_reads_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.story} {self.language} {self.day}: {self.reads}"


@dataclass(frozen=True, slots=True)
class Reach:
    """What became of a story: reads; pieces and rupees sold out of it, less what came back."""

    reads: int = 0
    pieces: int = 0
    rupees: Decimal = ZERO
    # Of pieces whose buyer came by this story first, whichever story was the last.
    first_pieces: int = 0
    first_rupees: Decimal = ZERO


def count_read(story: UUID, *, language: str, day: date) -> None:
    """Count one more read, in one statement, so that two at once are two."""
    execute(_ONE_MORE, [story, language, day])


_ONE_MORE = """
    INSERT INTO cms_storyreads AS known (story, language, day, reads) VALUES (%s, %s, %s, 1)
    ON CONFLICT (story, language, day) DO UPDATE SET reads = known.reads + 1
"""


@require_POST
@same_origin
def story_read(request: HttpRequest, slug: str) -> HttpResponse:
    """
    Hear from a story's page that it was in front of somebody for a while.

    The page is kept by caches, so only it can tell. Nothing is kept of the reader but, for half an
    hour and in no readable form, that this address was here.
    """
    language = get_language() or "en"
    stories = StoryPage.objects.readable(language).filter(slug=slug)
    story: UUID | None = stories.values_list("translation_key", flat=True).first()
    if story is None:
        raise Http404
    told = f"{story} {language} {came_from(request)} {request.headers.get('User-Agent', '')}"
    mark = f"read-{hashlib.sha256(told.encode()).hexdigest()}"
    if cache.add(mark, 1, ONE_READ_SECONDS):
        count_read(story, language=language, day=today())
    return HttpResponse(status=204)


def reach_of(*stories: UUID, since: date | None = None) -> dict[UUID, Reach]:
    """
    Return what became of these stories, or of all that were ever read or sold out of.

    `since`: read from this day on, ordered from this day on. Five queries.
    """
    reads = _reads(stories, since)
    sold, first = _sold("last_story", stories, since), _sold("first_story", stories, since)
    return {
        story: Reach(
            reads.get(story, 0),
            *sold.get(story, (0, ZERO)),
            *first.get(story, (0, ZERO)),
        )
        for story in {*stories, *reads, *sold, *first}
    }


def reads_by_day(*, since: date) -> dict[date, int]:
    """Return how often any story was read, by day from a day on; one query."""
    rows = StoryReads.objects.filter(day__gte=since)
    return dict(rows.values_list("day").annotate(Sum("reads")).order_by())


def _reads(stories: tuple[UUID, ...], since: date | None) -> dict[UUID, int]:
    rows = StoryReads.objects.all()
    if stories:
        rows = rows.filter(story__in=stories)
    if since:
        rows = rows.filter(day__gte=since)
    return dict(rows.values_list("story").annotate(Sum("reads")).order_by())


def _sold(
    touch: str, stories: tuple[UUID, ...], since: date | None
) -> dict[UUID, tuple[int, Decimal]]:
    """Return pieces and rupees of confirmed orders by story, less what was taken back."""
    lines = _confirmed(Line.objects.all(), "", touch, stories, since)
    sums = lines.values_list(touch).annotate(
        pieces=Sum(F("quantity") - F("cancelled_quantity")), rupees=Sum("line_price_incl_tax")
    )
    taken_back = _confirmed(
        CancelledLine.objects.filter(cancellation__state=CancellationState.DONE),
        "line__",
        touch,
        stories,
        since,
    )
    back = dict(taken_back.values_list(f"line__{touch}").annotate(Sum("goods")).order_by())
    return {
        story: (pieces, rupees - back.get(story, ZERO)) for story, pieces, rupees in sums.order_by()
    }


def _confirmed(
    rows: "QuerySet[Any]", way: str, touch: str, stories: tuple[UUID, ...], since: date | None
) -> "QuerySet[Any]":
    """Return the rows of confirmed orders that came by a story; `way` leads to the order line."""
    wanted: dict[str, Any] = {
        f"{way}order__status": OrderState.CONFIRMED,
        f"{way}{touch}__isnull": False,
    }
    if stories:
        wanted[f"{way}{touch}__in"] = stories
    if since:
        wanted[f"{way}order__date_placed__date__gte"] = since
    return rows.filter(**wanted)
