"""Letting catalogue, pictures and pages show of people what they agreed to, and nothing else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from storefront.atlas.models import District
from storefront.catalogue.models import Artisan
from storefront.consent.models import LANGUAGES, Agreement, Person
from storefront.consent.queries import locked, said_of
from storefront.consent.rules import Allowed, Said, allowed
from storefront.core.plugs import plug
from storefront.media.models import Picture
from storefront.media.services import put_on_show, take_off_show
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
    untold: list[str] = []
    for person in locked(people):
        if person.artisan:
            shown = shown_of(person, said[person.pk], on=on)
            if shown.differs_from(person.artisan):
                _show(person.artisan, shown)
        named_in = allowed(said[person.pk], languages=LANGUAGES, on=on).named_in
        untold += [getattr(person, f"name_{code}") for code in {*LANGUAGES} - named_in]
    plug("PAGES_FOLLOW_PEOPLE")(people, on=on)
    plug("SEARCH_FORGETS")(untold)


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


def settle_photos(photos: Iterable[int], *, on: date) -> None:
    """Take those of these photos off show that somebody does not agree to any more, or put back."""
    known = Picture.objects.filter(pk__in=photos).order_by("pk")
    lost = Agreement.objects.lost(on=on).values("photo")
    for photo in known.filter(is_off_show=False, pk__in=lost):
        take_off_show(photo)
    for photo in known.filter(is_off_show=True).exclude(pk__in=lost):
        put_on_show(photo)
        render.enqueue(photo.pk)


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
    for each in fields(shown):
        setattr(maker, each.name, getattr(shown, each.name))
    maker.save()
