"""Letting catalogue, pictures and pages show of people what they agreed to, and nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from storefront.atlas.models import District
from storefront.catalogue.models import Artisan
from storefront.consent.models import LANGUAGES, Agreement, Person
from storefront.consent.queries import locked, said_of
from storefront.consent.rules import Allowed, Said, State, allowed
from storefront.core.plugs import plug
from storefront.media.models import Picture
from storefront.media.services import take_off_show
from storefront.media.tasks import render


@dataclass(frozen=True, slots=True)
class Shown:
    """What the shop may tell of a maker, by the names of the catalogue's columns."""

    slug: str
    name_en: str
    name_hi: str
    town_en: str
    town_hi: str
    bio_en: str
    bio_hi: str
    portrait_id: int | None
    is_named: bool

    def differs_from(self, maker: Artisan) -> bool:
        """Return whether the shop tells something else."""
        known = ((getattr(self, each.name), getattr(maker, each.name)) for each in fields(self))
        return any((told or None) != (here or None) for told, here in known)


@transaction.atomic
def follow(people: Collection[int], *, on: date) -> None:
    """Show of these people what they agreed to on this day and nothing else; safe to run again."""
    said = said_of(people)
    for person in locked(people):
        if person.artisan:
            shown = shown_of(person, said[person.pk], on=on)
            if shown.differs_from(person.artisan):
                _show(person.artisan, shown)
    plug("PAGES_FOLLOW_PEOPLE")(people, on=on)


def shown_of(person: Person, said: Sequence[Said], *, on: date) -> Shown:
    """Return what the shop may tell of a maker; in place of their name, where they are from."""
    may = allowed(said, languages=LANGUAGES, on=on)
    is_named = may.named_in.issuperset(LANGUAGES)
    assert person.artisan_id, "it is a maker"
    assert person.slug, "a maker has one"
    return Shown(
        slug=person.slug if is_named else f"maker-{person.artisan_id}",
        portrait_id=may.photo,
        is_named=is_named,
        **_words(person, may, "en"),
        **_words(person, may, "hi"),
    )


def hide_photos(photos: QuerySet[Picture], *, on: date) -> None:
    """Take those of these photos off show to which nobody agrees any more."""
    given = Agreement.objects.in_state(State.GIVEN, on=on).filter(photo__isnull=False)
    for photo in photos.exclude(pk__in=given.values("photo")).order_by("pk"):
        take_off_show(photo)


def _words(person: Person, may: Allowed, language: str) -> dict[str, str]:
    is_named, is_told = language in may.named_in, language in may.told_in
    name = f"name_{language}"
    return {
        name: getattr(person, name) if is_named else _unnamed(person.district, language),
        f"town_{language}": getattr(person, f"town_{language}") if is_named else "",
        f"bio_{language}": getattr(person, f"bio_{language}") if is_named and is_told else "",
    }


def _unnamed(district: District, language: str) -> str:
    """Return the words for whom we may not name."""
    with translation.override(language):
        return gettext("a maker from %(district)s") % {
            "district": getattr(district, f"name_{language}")
        }


def _show(maker: Artisan, shown: Shown) -> None:
    before = maker.portrait_id
    for each in fields(shown):
        setattr(maker, each.name, getattr(shown, each.name))
    maker.save()
    if shown.portrait_id and shown.portrait_id != before:
        render.enqueue(shown.portrait_id)  # it may have been off show
