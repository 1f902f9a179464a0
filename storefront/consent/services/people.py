"""Taking people into the ledger: every maker, and whoever else a page tells of."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from storefront.atlas.models import District
from storefront.catalogue.models import Artisan
from storefront.consent.models import Person
from storefront.consent.services.showing import follow


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who somebody is that makes nothing the shop sells."""

    name_en: str
    name_hi: str
    district: District


def add_person(facts: PersonFacts) -> Person:
    """Take in somebody who is no maker."""
    return Person.objects.create(
        name_en=facts.name_en, name_hi=facts.name_hi, district=facts.district
    )


@transaction.atomic
def enter(artisan: Artisan, *, on: date) -> Person:
    """
    Take a maker in and show of them what they agreed to: of a new one, nothing yet.

    A second time it changes nothing.
    """
    person, _ = Person.objects.get_or_create(
        artisan=artisan,
        defaults={
            "name_en": artisan.name_en,
            "name_hi": artisan.name_hi or artisan.name_en,
            "district": artisan.district,
            "slug": _free_slug(artisan.slug),
            "town_en": artisan.town_en,
            "town_hi": artisan.town_hi or "",
            "bio_en": artisan.bio_en or "",
            "bio_hi": artisan.bio_hi or "",
        },
    )
    follow([person.pk], on=on)
    artisan.refresh_from_db()
    return person


def _free_slug(wanted: str) -> str:
    """Return the address, numbered if another maker has it who is not named just now."""
    slug, number = wanted, 1
    while Person.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted[:45]}-{number}"
    return slug
