"""What editors see first: where to begin, and which stories need care, by what is wrong."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.menus import unseen_links
from cms.navigation import navigation
from cms.pages.stories import StoryPage, StoryProduct
from storefront.media.models import Picture

# More of one kind than this nobody mends today; the number says how many there are.
SHOWN = 10
_PAGE_LINK = re.compile(r'<a [^>]*linktype="page"[^>]*>')
_NUMBER = re.compile(r'\bid="(\d{1,18})"')


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to mend, and where."""

    text: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Care:
    """What is wrong with some things, and what to do about it."""

    title: str
    what_to_do: str
    items: list[Item]

    @property
    def first(self) -> list[Item]:
        """Return those that are shown."""
        return self.items[:SHOWN]

    @property
    def more(self) -> int:
        """Return how many there are besides."""
        return max(0, len(self.items) - SHOWN)


class WaysIn(Component):
    """Where work begins: a new story, or one of all."""

    template_name = "cms/admin/ways_in.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the ways in; everybody in the back office writes stories."""
        write, stories = reverse("stories:choose_parent"), reverse("stories:index")
        return {
            "ways": [
                {"url": f"{write}?locale=en", "text": _("Write in English"), "icon": "plus"},
                {"url": f"{write}?locale=hi", "text": _("Write in Hindi"), "icon": "plus"},
                {"url": stories, "text": _("All stories"), "icon": "doc-full-inverse"},
            ]
        }


class NeedsCare(Component):
    """Everything that readers would stumble over, and what is about to appear."""

    template_name = "cms/admin/needs_care.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what there is of each kind; at most a dozen queries, however many stories."""
        return {"kinds": [kind for kind in kinds_of_care() if kind.items]}


def kinds_of_care() -> Iterator[Care]:
    """Give every kind of thing that needs care, also those of which there is nothing."""
    yield Care(
        _("Products that are not for sale any more"),
        _("Readers do not see them. Take them out of the story, or choose others."),
        _items(_withdrawn(), _title),
    )
    yield Care(
        _("Products that are sold out"),
        _("Readers see them without a button. Perhaps others would do."),
        _items(_sold_out(), _title),
    )
    yield Care(_("Links that lead nowhere"), _("The page was deleted or taken back."), _broken())
    yield Care(_("Links in the menu and the footer"), _("Readers do not see them."), _unseen())
    yield Care(_("Not translated yet"), _("Send them for translation."), _untranslated())
    yield Care(
        _("Translations that are behind"),
        _("The original was published anew since."),
        _behind(),
    )
    yield Care(
        _("Pictures nobody has described"),
        _("Who cannot see them hears their file's name."),
        _undescribed(),
    )
    yield Care(_("About to appear"), _("They publish themselves on the day."), _scheduled())


def _items(rows: Iterable[StoryProduct], note: Callable[[StoryProduct], str]) -> list[Item]:
    return [_of_story(row.story, note(row)) for row in rows]


def _title(row: StoryProduct) -> str:
    return row.product.title if row.product else _("a product that was deleted")


def _of_story(story: StoryPage, note: str = "") -> Item:
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    return Item(f"{story.title} ({story.locale.language_code})", url, note)


def _sold() -> Any:
    rows = StoryProduct.objects.select_related("story__locale", "product")
    return rows.defer("story__body").order_by("story__title", "pk")


def _withdrawn() -> Any:
    return _sold().exclude(product__is_public=True)


def _sold_out() -> Any:
    out = Q(product__stockrecords__num_in_stock__lte=F("product__stockrecords__num_allocated"))
    return _sold().filter(out, product__is_public=True, product__stockrecords__held_until=None)


def _live() -> Any:
    return StoryPage.objects.own_words().select_related("locale").order_by("title", "pk")


def _broken() -> list[Item]:
    """Return live stories with links to pages that nobody can read."""
    wanted: dict[int, list[StoryPage]] = {}
    for story in _live():
        for link in _PAGE_LINK.findall(str(list(story.body.raw_data))):
            for number in _NUMBER.findall(link):
                wanted.setdefault(int(number), []).append(story)
    known = set(Page.objects.live().filter(pk__in=wanted).values_list("pk", flat=True))
    broken = {story.pk: story for pk in wanted.keys() - known for story in wanted[pk]}
    return [_of_story(story) for story in broken.values()]


def _unseen() -> list[Item]:
    """Return links of the menu and the footer that lead nowhere."""
    settings_form = reverse("wagtailsettings:edit", args=["cms", "navigation"])
    return [Item(each, settings_form) for each in unseen_links(navigation())]


def _untranslated() -> list[Item]:
    """Return live stories that are not there in every language."""
    by_key: dict[Any, list[StoryPage]] = {}
    for story in _live().defer("body"):
        by_key.setdefault(story.translation_key, []).append(story)
    languages = len(settings.LANGUAGES)
    return [_of_story(same[0]) for same in by_key.values() if len(same) < languages]


def _behind() -> list[Item]:
    """Return stories whose original, in the first language, was published later than they were."""
    original = StoryPage.objects.filter(
        translation_key=OuterRef("translation_key"),
        locale__language_code=settings.LANGUAGE_CODE,
        live=True,
        alias_of=None,
    )
    later = Subquery(original.values("last_published_at")[:1])
    others = _live().defer("body").exclude(locale__language_code=settings.LANGUAGE_CODE)
    return [_of_story(story) for story in others.filter(last_published_at__lt=later)]


def _undescribed() -> list[Item]:
    nothing = Q(alt_en="") | Q(alt_hi="")
    pictures = Picture.objects.filter(nothing, is_decorative=False).order_by("-pk")
    return [
        Item(title, reverse("wagtailimages:edit", args=[pk]))
        for pk, title in pictures.values_list("pk", "title")
    ]


def _scheduled() -> list[Item]:
    waiting = StoryPage.objects.filter(_revisions__approved_go_live_at__isnull=False)
    times = waiting.annotate(at=F("_revisions__approved_go_live_at")).order_by("at", "pk")
    return [
        _of_story(story, date_format(localtime(story.at), "j F Y, H:i"))
        for story in times.select_related("locale").defer("body")
    ]
