"""People in the consent ledger, and what they agreed to."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from storefront.accounts.models import User
from storefront.atlas.models import District
from storefront.catalogue.models import Artisan
from storefront.consent import services as consent
from storefront.consent.models import Agreement, Person
from storefront.consent.rules import Proof, Use
from storefront.consent.services import PersonFacts, Terms
from storefront.core.clock import now, today
from storefront.media.models import Picture

BOTH = ("en", "hi")
SIGNED = b"%PDF-1.7 signed"


def make_person(
    name_en: str = "Rahim Khan", name_hi: str = "रहीम ख़ान", *, district: District
) -> Person:
    """Take in somebody who is no maker."""
    return consent.add_person(PersonFacts(name_en=name_en, name_hi=name_hi, district=district))


def make_recorder() -> User:
    """Return who writes into the ledger."""
    found, _ = User.objects.get_or_create(email="ledger@example.org")
    return found


def make_agreement(
    person: Person,
    *uses: Use,
    languages: Sequence[str] = BOTH,
    photo: Picture | None = None,
    story: UUID | None = None,
    **facts: Any,
) -> list[Agreement]:
    """Write down that somebody agreed to these uses by a signed paper, from today on."""
    facts.setdefault("from_on", today())
    return consent.agree(
        person,
        Terms(uses=uses, languages=languages, photo=photo, story=story, **facts),
        proof=Proof.PAPER,
        file=SimpleUploadedFile("signed.pdf", SIGNED),
        by=make_recorder(),
        now=now(),
    )


def agreed(artisan: Artisan, *, photo: Picture | None = None, on: date | None = None) -> Artisan:
    """Let a maker agree to everything, as they are made up; no person is needed to record it."""
    uses = [Use.NAME, Use.STORY, *([Use.PORTRAIT] if photo else [])]
    Agreement.objects.bulk_create(
        Agreement(
            person=artisan.person,
            use=use,
            languages=list(BOTH),
            photo=photo if use == Use.PORTRAIT else None,
            from_on=on or today(),
            proof=Proof.MADE_UP,
            recorded_at=now(),
        )
        for use in uses
    )
    consent.follow([artisan.person.pk], on=on or today())
    artisan.refresh_from_db()
    return artisan
