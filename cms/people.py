"""
Whom pages show, and whether they agree to it.

See Note [Nobody is shown who does not agree].
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext
from wagtail.blocks import Block
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks.shelf import inside_of
from cms.choosers import MakerChooserBlock
from cms.shown_people import ShownPerson
from storefront.catalogue.models import Artisan
from storefront.consent.models import Person, Withdrawal
from storefront.consent.queries import (
    locked,
    missing_of,
    names_of,
    people_named,
    people_on,
    said_of,
)
from storefront.consent.rules import Need, Use, missing
from storefront.core.clock import today
from storefront.media.models import Picture

# Note [Nobody is shown who does not agree]
# Every way to a live page, by form, schedule, translation, copy or program, ends in the page's
# `save`. That is where `let_live` stands: it locks the people the page shows, looks into the
# ledger, and refuses. A withdrawal locks the same people first, so that either it is seen here,
# or it sees the live page and takes it offline (cms/taking_back.py). Forms ask `gaps` before, for
# better words.

# Of Wagtail's own words these are read by others.
PUBLIC = ("title", "seo_title", "search_description")
# Where one of these stands, a word ends.
_BREAK = re.compile(r"</?(?:p|li|ul|ol|h\d|br|hr)\b[^>]*>")
# Between the words of two fields: no name goes on from one to the other.
_APART = " | "


class ConsentMissing(ValidationError):
    """The page shows somebody who did not agree to it."""

    def __init__(self, page: Page, gaps: Collection["Gap"]) -> None:
        super().__init__([gap.text for gap in gaps])
        self.page = page


@dataclass(frozen=True, slots=True)
class Gap:
    """What is shown of somebody and not agreed to."""

    need: Need
    name: str
    text: str


@dataclass(slots=True)
class _Seen:
    """
    The numbers of whom and what was met on a page.

    A maker's portrait is none of the photos: the catalogue has only one that they agree to.
    """

    people: set[int] = field(default_factory=set)
    makers: set[int] = field(default_factory=set)
    photos: set[int] = field(default_factory=set)


def needs_of(page: Page, *, listed: Collection[int] | None = None) -> list[Need]:
    """
    Return what a page shows of people, whoever they are and however they are shown.

    `listed` are the people the page is said to tell of; left out, those it says itself.
    """
    if listed is None:
        listed = [row.person_id for row in page.people.all()] if hasattr(page, "people") else ()
    seen = _Seen(people=set(listed))
    _look_at(page, seen)
    makers = Person.objects.filter(artisan__in=seen.makers)
    told = seen.people | (set(makers.values_list("pk", flat=True)) if seen.makers else set())
    language, story = page.locale.language_code, page.translation_key
    found = [Need(person, Use.NAME, language) for person in sorted(told)]
    found += [Need(person, Use.STORY, language, story=story) for person in sorted(told)]
    named = _named(_APART.join([*_words(page), *_said_of_photos(seen)]), language, told)
    found += [Need(person, Use.NAME, language) for person in sorted(named)]
    found += [
        Need(person, Use.PORTRAIT, language, photo=photo)
        for person, photo in people_on(seen.photos)
    ]
    return list(dict.fromkeys(found))


def gaps(page: Page, *, listed: Collection[int] | None = None) -> list[Gap]:
    """Return what a page would show without consent, in words for its editors."""
    return _gaps(missing_of(needs_of(page, listed=listed), on=today()))


def is_taken_back(page: Page) -> bool:
    """Return whether a page shows somebody who agreed once and does not any more."""
    lacking = {need.person for need in missing_of(needs_of(page), on=today())}
    return bool(lacking) and Withdrawal.objects.filter(agreement__person__in=lacking).exists()


def let_live(page: Page) -> list[Need]:
    """
    Return what a page shows of people who all agree; they are locked until the transaction ends.

    Raises:
        ConsentMissing: somebody does not.
    """
    needs = needs_of(page)
    locked({need.person for need in needs})
    lacking = missing_of(needs, on=today())
    if lacking:
        raise ConsentMissing(page, _gaps(lacking))
    return needs


def note(page: Page, needs: Iterable[Need]) -> None:
    """Write down what a live page shows of people, in place of what it showed before."""
    ShownPerson.objects.filter(page_id=page.pk).delete()
    ShownPerson.objects.bulk_create(
        ShownPerson(page_id=page.pk, person_id=need.person, use=need.use, photo_id=need.photo)
        for need in needs
    )


def recordings_of(page: Page) -> list[Document]:
    """Return the sound, the films and the captions in a page."""
    return [each for _block, each in _blocks(page) if isinstance(each, Document)]


def _look_at(page: Page, seen: _Seen) -> None:
    """See whom a page's own fields point to: pictures, makers, people, and all in its blocks."""
    kinds = {Picture: seen.photos, Artisan: seen.makers, Person: seen.people}
    for column in page._meta.concrete_fields:  # noqa: SLF001 -- Django's documented model API
        if isinstance(column, models.ForeignKey) and column.related_model in kinds:
            number = getattr(page, column.attname)
            kinds[column.related_model].update([number] if number else [])
    for block, each in _blocks(page):
        if isinstance(each, Picture):
            seen.photos.add(each.pk)
        elif isinstance(each, Person):
            seen.people.add(each.pk)
        elif isinstance(block, MakerChooserBlock) and each:
            seen.makers.add(each)


def _blocks(page: Page) -> Iterator[tuple[Block, Any]]:
    """Yield all blocks of a page, however deep, each with its value."""
    for column in page._meta.concrete_fields:  # noqa: SLF001 -- as above
        if isinstance(column, StreamField):
            yield from inside_of(column.stream_block, getattr(page, column.name))


def _named(words: str, language: str, told: Collection[int]) -> set[int]:
    """Return whose names stand in a page's words; a name that several have is one who agrees."""
    found: set[int] = set()
    by_name = people_named(words)
    said = said_of({person for people in by_name.values() for person in people})
    for people in by_name.values():
        if people & set(told):
            continue  # the page says who is meant
        needs = [Need(person, Use.NAME, language) for person in sorted(people)]
        lacking = {need.person for need in missing(needs, said, on=today())}
        found.add(min(people - lacking or people))
    return found


def _words(page: Page) -> Iterator[str]:
    """Return all of a page's words that readers can meet."""
    own = {column.name for column in Page._meta.concrete_fields}  # noqa: SLF001 -- as above
    for column in page._meta.concrete_fields:  # noqa: SLF001 -- as above
        value = getattr(page, column.attname)
        if isinstance(column, StreamField):
            yield from map(_plain, _strings(list(value.raw_data)))
        elif isinstance(value, str) and (column.name in PUBLIC or column.name not in own):
            yield _plain(value)


def _strings(kept: Any) -> Iterator[str]:
    """Return every text in what a body keeps, however deep."""
    if isinstance(kept, str):
        yield kept
    elif isinstance(kept, dict):
        for each in kept.values():
            yield from _strings(each)
    elif isinstance(kept, list):
        for each in kept:
            yield from _strings(each)


def _said_of_photos(seen: _Seen) -> Iterator[str]:
    """Return what those hear of the page's photos who cannot see them."""
    if seen.photos:
        for words in Picture.objects.filter(pk__in=seen.photos).values_list("alt_en", "alt_hi"):
            yield from words


def _plain(html: str) -> str:
    return unescape(strip_tags(_BREAK.sub(" ", html)))


def _gaps(lacking: Collection[Need]) -> list[Gap]:
    names = names_of({need.person for need in lacking})
    return [Gap(need, names[need.person], _text(need, names[need.person])) for need in lacking]


def _text(need: Need, name: str) -> str:
    words = {"name": name}
    if need.use == Use.NAME and need.language == "hi":
        return gettext("%(name)s did not agree to be named in Hindi.") % words
    if need.use == Use.NAME:
        return gettext("%(name)s did not agree to be named in English.") % words
    if need.use == Use.PORTRAIT:
        return gettext("%(name)s did not agree to this photo being shown in this language.") % words
    if need.language == "hi":
        return gettext("%(name)s did not agree to this story in Hindi.") % words
    return gettext("%(name)s did not agree to this story in English.") % words
