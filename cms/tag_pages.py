"""The list of a tag's stories: a public page in each language that has some."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from cms.pages.base import restricted
from cms.pages.stories import PER_PAGE, StoryPage
from cms.paging import neighbours
from cms.pictures import load_renditions
from cms.queries import PageAddress
from cms.tags import Tag, tag_links, tags_in

# A list of one story is no better than the story.
LEAST_FOR_SEARCH_ENGINES = 2


class _Counted(Paginator[StoryPage]):
    """A list whose length is known already."""

    def __init__(self, stories: Any, number: int) -> None:
        super().__init__(stories, PER_PAGE)
        self.number = number

    @cached_property
    def count(self) -> int:
        """Return the length."""
        return self.number


@require_safe
def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    """
    List the stories of a tag in the language of the address, the newest first; five queries.

    A tag without stories in that language leads to one that has some.

    Raises:
        Http404: there is no such tag, or no story has it.
    """
    tag = get_object_or_404(Tag, slug=slug)
    numbers, language = numbers_of(tag), get_language() or "en"
    if not numbers:
        raise Http404
    if language not in numbers:
        return redirect(address_of(tag.slug, next(iter(numbers))))
    stories = StoryPage.objects.readable()
    listed = _Counted(stories.filter(tags=tag).for_cards(), numbers[language])
    here = listed.get_page(request.GET.get("page"))
    found = list(here.object_list)
    load_renditions(story.cover for story in found)
    return render(
        request,
        "pages/story_tag.html",
        {
            **_words(tag, numbers),
            "stories": [story.card() for story in found],
            "pages": neighbours(here),
            "tags": tag_links(tags_in(stories), here=tag),
            "feed_url": reverse("story-tag-feed", args=[tag.slug]),
        },
    )


def numbers_of(tag: Tag) -> dict[str, int]:
    """Return how many stories of a tag can be read, by language; those with none are left out."""
    stories = StoryPage.objects.own_words().exclude(restricted()).filter(tags=tag)
    rows = stories.order_by("locale_id").values_list("locale__language_code")
    return dict(rows.annotate(Count("pk")))


def tags_of(stories: Iterable[StoryPage]) -> dict[int, list[Tag]]:
    """Return the tags of published stories by the stories' numbers; one query."""
    through = StoryPage.tags.through
    rows = through.objects.filter(storypage__in=[story.pk for story in stories])
    found: dict[int, list[Tag]] = {}
    for row in rows.select_related("tag").order_by("tag__slug"):
        found.setdefault(row.storypage_id, []).append(row.tag)
    return found


def tag_addresses() -> list[PageAddress]:
    """Return the lists that search engines should know, in the languages they are worth it in."""
    stories = StoryPage.objects.own_words().exclude(restricted()).filter(tags__isnull=False)
    rows = (
        stories.order_by("tags__slug", "locale_id")
        .values_list("tags__slug", "locale__language_code")
        .annotate(number=Count("pk"), latest=Max("last_published_at"))
        .filter(number__gte=LEAST_FOR_SEARCH_ENGINES)
    )
    languages: dict[str, list[tuple[str, str]]] = {}
    latest: dict[str, Any] = {}
    for slug, language, _number, published_at in rows:
        languages.setdefault(slug, []).append((language, address_of(slug, language)))
        latest[slug] = max(filter(None, (latest.get(slug), published_at)), default=None)
    return [PageAddress(tuple(pairs), latest[slug], None) for slug, pairs in languages.items()]


def address_of(slug: str, language: str) -> str:
    """Return where a tag's stories in a language are listed."""
    with override(language):
        return reverse("story-tag", args=[slug])


def _words(tag: Tag, numbers: Mapping[str, int]) -> dict[str, Any]:
    title = gettext("Stories: %(tag)s") % {"tag": tag.name}
    about = tag.text or gettext("Stories from the workshops of Uttar Pradesh: %(tag)s.") % {
        "tag": tag.name
    }
    return {
        "page": {"title": title, "search_description": about},
        "head": {"title": tag.name, "intro": tag.text},
        "share": {"text": about},
        "breadcrumbs": [
            {"title": gettext("Stories"), "url": reverse("stories")},
            {"title": tag.name},
        ],
        "translations": [
            {"code": language, "url": address_of(tag.slug, language)} for language in numbers
        ],
    }
