"""Keeping signed papers and recordings where only those see them who must."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from storefront.consent.models import Paper
from storefront.core.refusals import Refusal

KINDS = ("pdf", "jpg", "jpeg", "png", "webp", "mp3", "m4a", "ogg", "opus", "mp4")
LARGEST_PAPER = 25 * 1024**2


class PaperRefused(Refusal):
    """The file is too large, or of a kind that nobody signs or records."""

    code = "paper-refused"


def add_paper(file: "UploadedFile[Any]") -> Paper:
    """
    Keep a signed paper or a recording.

    Raises:
        PaperRefused: it is empty, too large, or of another kind.
    """
    kind = (file.name or "").rpartition(".")[2].lower()
    if kind not in KINDS:
        raise PaperRefused(
            gettext("Please choose a file of one of these kinds: %(kinds)s.")
            % {"kinds": ", ".join(KINDS)}
        )
    if not file.size or file.size > LARGEST_PAPER:
        raise PaperRefused(
            gettext("The file may have %(most)s MB, and must not be empty.")
            % {"most": LARGEST_PAPER // 1024**2}
        )
    return Paper.objects.create(file=file)
