"""The form by which editors bring pictures into the library."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from storefront.media.models import Picture
from storefront.media.rules import MOST_PIXELS
from storefront.media.services import is_too_large, is_whole
from storefront.media.tasks import render

ALTERNATIVES = ("alt_en", "alt_hi")
RIGHTS = ("credit", "licence")


class WholePictureField(WagtailImageField):
    """Wagtail's field of a picture, which would unpack any file to learn its size."""

    def to_python(self, data: "UploadedFile[Any] | None") -> Any:
        """
        Return the file.

        Raises:
            ValidationError: it has too many pixels, breaks off, or is none of our kinds.
        """
        if data and (data.size or 0) <= self.max_upload_size:
            if is_too_large(data):
                raise ValidationError(
                    gettext("This picture has too many pixels: %(most)s million are the most.")
                    % {"most": MOST_PIXELS // 1_000_000}
                )
            if not is_whole(data):
                raise ValidationError(
                    gettext(
                        "This picture is damaged: a part of it is missing. Please send it again."
                    )
                )
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """
    Wagtail's form of a picture, which wants to know what can be seen in it.

    Who brings several at once sends the files first and their words after: then only the file is
    looked at.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described = gettext(
            "What can be seen, for who cannot see it. Needed unless it is decoration."
        )
        needed = gettext("Needed before the picture is on a page that everybody can read.")
        helped = dict.fromkeys(ALTERNATIVES, described) | dict.fromkeys(RIGHTS, needed)
        for name in helped.keys() & self.fields.keys():
            self.fields[name].help_text = helped[name]
        if (plain := self.fields.get("file")) is not None:
            self.fields["file"] = WholePictureField(
                label=plain.label, required=plain.required, widget=plain.widget
            )

    def clean(self) -> dict[str, Any]:
        """Ask for words in both languages, and keep none for what is decoration."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_decorative"):
            return cleaned | dict.fromkeys(ALTERNATIVES, "")
        for name in ALTERNATIVES:
            if self.add_prefix(name) in self.data and not cleaned.get(name):
                self.add_error(
                    name, gettext("Say what can be seen, or mark the picture as decoration.")
                )
        return cleaned

    def save(self, commit: bool = True) -> Picture:  # noqa: FBT001, FBT002 -- Django's own signature
        """Save; another file in the place of the first gets renditions of its own."""
        picture: Picture = super().save(commit=commit)
        if commit and "file" in self.changed_data and self.original_file:
            render.enqueue(picture.pk)
        return picture
