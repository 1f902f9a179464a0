"""What buyers say and ask, and what sellers answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from storefront.feedback.rules import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_REVIEW,
    LONGEST_TITLE,
    MOST_PHOTOS,
    MOST_STARS,
)
from storefront.feedback.services import Words
from storefront.media.rules import LARGEST_PHOTO

KINDS = "image/jpeg,image/png,image/webp"
SCORES = range(MOST_STARS, 0, -1)


class PhotosInput(forms.ClearableFileInput):
    """Several files at once, and none that is there already."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PhotosField(forms.FileField):
    """A few photos; what is in them is looked at by whoever keeps them."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """Return the content of each file; one too large is refused before it is read."""
        files: Sequence[UploadedFile[Any]] = [each for each in data or () if each]
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(
                _("Please choose at most %(most)s photos."), params={"most": MOST_PHOTOS}
            )
        if any((each.size or 0) > LARGEST_PHOTO for each in files):
            megabytes = LARGEST_PHOTO // 1024**2
            raise forms.ValidationError(
                _("A photo may have %(most)s MB."), params={"most": megabytes}
            )
        return [each.read() for each in files]


class ReviewForm(forms.Form):
    """Stars, words and photos; `earlier` are the photos that are there already."""

    score = forms.TypedChoiceField(label=_("How many stars?"), coerce=int, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("In a few words (if you like)"), max_length=LONGEST_TITLE, required=False
    )
    body = forms.CharField(
        label=_("What is it like?"),
        max_length=LONGEST_REVIEW,
        help_text=_("Others see this with your first name, once we have read it."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    photos = PhotosField(
        label=_("Photos (if you like)"),
        required=False,
        help_text=_("Up to 4, JPEG, PNG or WebP. Where they were taken is not kept."),
        widget=PhotosInput(attrs={"accept": KINDS}),
    )
    without = forms.TypedMultipleChoiceField(
        label=_("Photos that go"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, earlier: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stars: Any = self.fields["score"]
        stars.choices = [(each, _stars(each)) for each in SCORES]
        if not earlier:
            del self.fields["without"]
            return
        choices: Any = self.fields["without"]
        choices.choices = [
            (number, _("Remove photo %(n)s") % {"n": place})
            for place, number in enumerate(earlier, start=1)
        ]

    def words(self) -> Words:
        """Return what is said, once the form is valid."""
        data = self.cleaned_data
        return Words(score=data["score"], title=data["title"], body=data["body"])


def _stars(number: int) -> str:
    return ngettext("%(stars)s star", "%(stars)s stars", number) % {"stars": number}


class QuestionForm(forms.Form):
    """One question."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        help_text=_("It is shown with the seller's answer, without your name."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """What the seller says."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        help_text=_("Everybody sees it on the product's page."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
