"""Signed papers and recordings lie where nobody finds them."""

from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.models import Document

from storefront.consent.models import Paper
from storefront.consent.services import PaperRefused, add_paper

pytestmark = pytest.mark.django_db


def test_a_paper_lies_in_no_public_folder_and_is_none_of_the_librarys_files(settings: Any) -> None:
    paper = add_paper(SimpleUploadedFile("signed.PDF", b"%PDF"))

    assert paper.file.path.startswith(str(storages["papers"].location))
    assert not paper.file.path.startswith(str(settings.MEDIA_ROOT))
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("signed.exe", b"MZ"),
        SimpleUploadedFile("signed", b"%PDF"),
        SimpleUploadedFile("signed.pdf", b""),
        SimpleUploadedFile("long.pdf", b"0" * (25 * 1024**2 + 1)),
    ],
    ids=["program", "no kind", "empty", "too large"],
)
def test_a_file_that_is_no_paper_is_refused_and_nothing_is_written(file: Any) -> None:
    with pytest.raises(PaperRefused):
        add_paper(file)

    assert not Paper.objects.exists()
