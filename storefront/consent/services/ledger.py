"""Writing down that somebody agreed, or took it back; nothing is ever changed or deleted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.catalogue.models import Artisan
from storefront.consent.models import LANGUAGES, Agreement, Paper, Person, Withdrawal
from storefront.consent.queries import locked
from storefront.consent.rules import Proof, Use
from storefront.consent.services.papers import add_paper
from storefront.consent.services.showing import follow, settle_photos
from storefront.core.clock import INDIA
from storefront.core.refusals import Refusal
from storefront.media.models import Picture


class NothingToWithdraw(Refusal):
    """All of it is withdrawn already, or is not this person's."""

    code = "nothing-to-withdraw"


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What somebody agreed to at one time; each use becomes a row of its own.

    `photo` is for the portrait; `story` ties the languages of the one story that is meant.
    """

    uses: Collection[Use]
    languages: Collection[str]
    from_on: date
    until_on: date | None = None
    photo: Picture | None = None
    story: UUID | None = None


@transaction.atomic
def agree(
    person: Person,
    terms: Terms,
    *,
    proof: Proof,
    file: "UploadedFile[Any]",
    by: User,
    now: datetime,
) -> list[Agreement]:
    """
    Write down what somebody agreed to, with the paper or recording that shows it.

    Raises:
        PaperRefused: the file is no such thing; nothing was written.
    """
    return _write(person, terms, proof=proof, paper=add_paper(file), by=by, now=now)


@transaction.atomic
def make_up(artisan: Artisan, *, portrait: Picture | None, now: datetime) -> list[Agreement]:
    """
    Write down honestly of a demonstration maker that there was nobody to ask; once.

    Raises:
        Person.DoesNotExist: the maker is not in the ledger.
        ValueError: the maker is not marked as made up.
    """
    if not artisan.is_demonstration:
        raise ValueError(f"{artisan.pk} may be somebody: they must be asked")
    person = Person.objects.get(artisan=artisan)
    [person] = locked([person.pk])
    if person.agreements.exists():
        return []
    uses = [Use.NAME, Use.STORY, *([Use.PORTRAIT] if portrait else [])]
    day = now.astimezone(INDIA).date()
    terms = Terms(uses=uses, languages=LANGUAGES, from_on=day, photo=portrait)
    written = _write(person, terms, proof=Proof.MADE_UP, paper=None, by=None, now=now)
    artisan.refresh_from_db()
    return written


@transaction.atomic(durable=True)
def withdraw(
    person: Person, agreements: Collection[int], *, reason: str, by: User, now: datetime
) -> Sequence[Agreement]:
    """
    Write down that somebody takes agreements back, by their numbers; nothing shows them any more.

    Pages go offline and the catalogue forgets name and portrait in the same transaction. What was
    withdrawn before stays as it is.

    Raises:
        NothingToWithdraw: none of these is this person's to take back.
    """
    locked([person.pk])
    rows = person.agreements.filter(pk__in=agreements, withdrawal=None).select_related("photo")
    found = list(rows.order_by("pk"))
    if not found:
        raise NothingToWithdraw(gettext("There is nothing left to withdraw."))
    Withdrawal.objects.bulk_create(
        Withdrawal(agreement=row, reason=reason, recorded_by=by, at=now) for row in found
    )
    day = now.astimezone(INDIA).date()
    follow([person.pk], on=day)
    settle_photos([row.photo_id for row in found if row.photo_id], on=day)
    return found


def _write(
    person: Person,
    terms: Terms,
    *,
    proof: Proof,
    paper: Paper | None,
    by: User | None,
    now: datetime,
) -> list[Agreement]:
    locked([person.pk])
    written = [
        Agreement.objects.create(
            person=person,
            use=use,
            languages=sorted(terms.languages),
            photo=terms.photo if use == Use.PORTRAIT else None,
            story=terms.story if use == Use.STORY else None,
            from_on=terms.from_on,
            until_on=terms.until_on,
            proof=proof,
            paper=paper,
            recorded_by=by,
            recorded_at=now,
        )
        for use in Use
        if use in terms.uses
    ]
    day = now.astimezone(INDIA).date()
    follow([person.pk], on=day)
    settle_photos([terms.photo.pk] if terms.photo else [], on=day)
    return written
