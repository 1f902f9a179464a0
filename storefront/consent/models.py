"""People, what each agreed to and took back; rows of the ledger are only ever added."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from storefront.accounts.models import User
from storefront.atlas.models import District
from storefront.catalogue.models import Artisan
from storefront.consent.rules import TOLD_BEFORE, Proof, Said, State, Use, state_of
from storefront.core.words import in_language
from storefront.media.models import Picture

USES = {
    Use.NAME: _("name"),
    Use.PORTRAIT: _("portrait"),
    Use.STORY: _("story"),
}
PROOFS = {
    Proof.PAPER: _("signed paper"),
    Proof.RECORDING: _("recording"),
    Proof.MADE_UP: _("made up for demonstration: there was nobody to ask"),
}
STATES = {
    State.COMING: _("begins later"),
    State.GIVEN: _("in force"),
    State.ENDED: _("ended"),
    State.WITHDRAWN: _("withdrawn"),
}
LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Person(models.Model):
    """
    Somebody whom pages may show, as editors know them.

    Of a maker, what the shop would tell is kept here; how much of it stands in the catalogue, the
    ledger decides.
    """

    name_en = models.CharField(_("name, English"), max_length=100)
    name_hi = models.CharField(_("name, Hindi"), max_length=100)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="+", verbose_name=_("district")
    )
    artisan = models.OneToOneField(
        Artisan, models.PROTECT, null=True, blank=True, related_name="person"
    )
    slug = models.SlugField(null=True, unique=True)
    town_en = models.CharField(max_length=100, blank=True)
    town_hi = models.CharField(max_length=100, blank=True)
    bio_en = models.TextField(blank=True)
    bio_hi = models.TextField(blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        default_permissions = ("view", "add")

    def __str__(self) -> str:
        return in_language(self.name_en, self.name_hi)


def paper_storage() -> Storage:
    """Return where papers lie: in no folder that a web server shows."""
    return storages["papers"]


class Paper(models.Model):
    """A signed paper or a recording; none of the library's files, which everybody may open."""

    file = models.FileField(_("file"), upload_to="%Y", storage=paper_storage)

    class Meta:
        verbose_name = _("paper or recording")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.file.name)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements by what they are worth on a day; `rules.state_of` says the same of one."""

    def in_state(self, state: State, *, on: date) -> Self:
        """Return those in a state."""
        if state == State.WITHDRAWN:
            return self.filter(withdrawal__isnull=False)
        kept = self.filter(withdrawal=None)
        if state == State.COMING:
            return kept.filter(from_on__gt=on)
        begun = kept.filter(from_on__lte=on)
        if state == State.ENDED:
            return begun.filter(until_on__lt=on)
        return begun.filter(Q(until_on=None) | Q(until_on__gte=on))

    def lost(self, *, on: date) -> Self:
        """Return those to photos that ended or were withdrawn, and that no other row goes on."""
        given = self.model.objects.in_state(State.GIVEN, on=on)
        others = given.filter(photo=OuterRef("photo"), person=OuterRef("person"))
        over = Q(withdrawal__isnull=False) | Q(until_on__lt=on)
        return self.filter(over, photo__isnull=False).exclude(Exists(others))

    def ending(self, *, on: date) -> Self:
        """Return those that end within thirty days, renewed or not."""
        return self.in_state(State.GIVEN, on=on).filter(until_on__lte=on + TOLD_BEFORE)


class Agreement(models.Model):
    """That somebody agreed to one use; a trigger (migration 0002) refuses any change."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="agreements", verbose_name=_("person")
    )
    use = models.CharField(_("use"), max_length=8, choices=[(use.value, USES[use]) for use in Use])
    languages = ArrayField(
        models.CharField(max_length=2, choices=settings.LANGUAGES), verbose_name=_("languages")
    )
    photo = models.ForeignKey(
        Picture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("photo"),
    )
    # What ties a story's languages together; without it all stories are meant.
    story = models.UUIDField(_("story"), null=True, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    proof = models.CharField(
        _("proof"), max_length=9, choices=[(proof.value, PROOFS[proof]) for proof in Proof]
    )
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("paper or recording"),
    )
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        default_permissions = ("view", "add")
        constraints = (
            models.CheckConstraint(
                condition=Q(use__in=[use.value for use in Use]), name="consent_use_is_known"
            ),
            models.CheckConstraint(
                condition=Q(languages__len__gt=0, languages__contained_by=LANGUAGES),
                name="consent_languages_are_known",
            ),
            models.CheckConstraint(
                condition=Q(use=Use.PORTRAIT.value, photo__isnull=False)
                | (~Q(use=Use.PORTRAIT.value) & Q(photo__isnull=True)),
                name="consent_portrait_names_its_photo",
            ),
            models.CheckConstraint(
                condition=Q(use=Use.STORY.value) | Q(story__isnull=True),
                name="consent_only_of_stories_one",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="consent_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(proof=Proof.MADE_UP.value, paper__isnull=True)
                | Q(
                    proof__in=(Proof.PAPER.value, Proof.RECORDING.value),
                    paper__isnull=False,
                    recorded_by__isnull=False,
                ),
                name="consent_is_proved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_use_display()}"

    @property
    def languages_text(self) -> str:
        """Return the languages by name, in the language of the moment."""
        names = dict(settings.LANGUAGES)
        return ", ".join(str(names[code]) for code in self.languages)

    def state_text(self, *, on: date) -> str:
        """Return what it is worth on a day, in words."""
        return str(STATES[state_of(self.as_said(), on=on)])

    def as_said(self) -> Said:
        """Return it as the rules read it."""
        return Said(
            use=Use(self.use),
            languages=frozenset(self.languages),
            from_on=self.from_on,
            until_on=self.until_on,
            photo=self.photo_id,
            story=self.story,
            is_withdrawn=hasattr(self, "withdrawal"),
        )


class Withdrawal(models.Model):
    """That somebody took an agreement back; a trigger refuses any change, too."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("reason"), max_length=500)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("withdrawal")
        default_permissions = ("add",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="consent_withdrawal_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.agreement} {self.at:%Y-%m-%d}"
