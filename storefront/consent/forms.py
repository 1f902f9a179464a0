"""What editors type into the ledger."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page

from storefront.consent.models import PROOFS, USES, Agreement, Person
from storefront.consent.rules import Proof, Use
from storefront.consent.services import PersonFacts, Terms, add_person
from storefront.consent.services.papers import KINDS
from storefront.media.models import Picture


class PersonForm(forms.ModelForm[Person]):
    """Somebody new who makes nothing the shop sells; makers are in the ledger by themselves."""

    class Meta:
        model = Person
        fields = ("name_en", "name_hi", "district")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It opens in a window above a story's form, which has a district of its own.
        kwargs["auto_id"] = "id_person_%s"
        super().__init__(*args, **kwargs)

    def save(self, commit: bool = True) -> Person:  # noqa: FBT001, FBT002 -- Django's own signature
        """Take them in."""
        del commit
        return add_person(PersonFacts(**self.cleaned_data))


class AgreementForm(forms.Form):
    """What somebody agreed to, and what shows it."""

    person = forms.ModelChoiceField(Person.objects.all(), label=_("Who"))
    uses = forms.MultipleChoiceField(
        label=_("What may be shown"),
        choices=[(use.value, USES[use]) for use in Use],
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    photo = forms.ModelChoiceField(
        Picture.objects.all(),
        label=_("Which photo"),
        required=False,
        widget=AdminImageChooser,
        help_text=_("For the portrait: the very photo they saw."),
    )
    story = forms.ModelChoiceField(
        Page.objects.all(),
        label=_("Which story"),
        required=False,
        widget=AdminPageChooser,
        help_text=_("Left empty, all stories. A story counts in all its languages ticked above."),
    )
    from_on = forms.DateField(label=_("From"), widget=AdminDateInput)
    until_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=AdminDateInput,
        help_text=_("The last day. Left empty, until they withdraw it."),
    )
    proof = forms.ChoiceField(
        label=_("What shows it"),
        choices=[(proof.value, PROOFS[proof]) for proof in (Proof.PAPER, Proof.RECORDING)],
        widget=forms.RadioSelect,
    )
    paper = forms.FileField(
        label=_("Paper or recording"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
        help_text=_("Only editors and moderators can open it."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a portrait without its photo, and a last day before the first."""
        typed: dict[str, Any] = super().clean() or {}
        uses = typed.get("uses", [])
        if Use.PORTRAIT in uses and not typed.get("photo"):
            self.add_error("photo", _("Choose the photo that they agreed to."))
        if typed.get("photo") and uses and Use.PORTRAIT not in uses:
            self.add_error("uses", _("Tick the portrait, or take the photo away."))
        if typed.get("story") and uses and Use.STORY not in uses:
            self.add_error("uses", _("Tick the story, or choose none."))
        first, last = typed.get("from_on"), typed.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day is before the first."))
        return typed

    def terms(self) -> Terms:
        """Return what was agreed to."""
        typed = self.cleaned_data
        story: Any = typed["story"]
        return Terms(
            uses=[Use(use) for use in typed["uses"]],
            languages=typed["languages"],
            from_on=typed["from_on"],
            until_on=typed["until_on"],
            photo=typed["photo"],
            story=story.translation_key if story else None,
        )


class WithdrawForm(forms.Form):
    """What somebody takes back, and why."""

    agreements = forms.MultipleChoiceField(
        label=_("What is withdrawn"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How they told us, and why if they said so. It stays in the ledger."),
    )

    def __init__(self, *args: Any, rows: Sequence[Agreement], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agreements"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(row.pk), _told(row, on)) for row in rows]


def _told(row: Agreement, on: date) -> str:
    return f"{row.get_use_display()} ({row.languages_text}), {row.state_text(on=on)}"
