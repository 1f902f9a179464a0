"""The form by which sound, film and captions come into the library."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from wagtail.documents.forms import BaseDocumentForm

# An hour to hear, or some five minutes to watch.
LARGEST = 60 * 1024 * 1024


class RecordingForm(BaseDocumentForm):
    """Wagtail's form of a file; the model says which kinds there are."""

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what a phone would not load."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(
                gettext("A recording may have %(most)s MB.") % {"most": LARGEST // 1024**2}
            )
        return file
