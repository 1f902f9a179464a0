"""A hidden file is at no address that anybody knew."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from storefront.core.secret_names import hide

pytestmark = pytest.mark.django_db


@pytest.fixture
def still() -> Document:
    """A recording in the library."""
    return Document.objects.create(title="Still", file=ContentFile(b"sound", name="still.mp3"))


def test_a_hidden_file_is_whole_and_the_log_says_where_it_was(
    still: Document, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    before, address = Path(still.file.path), still.file.url

    with django_capture_on_commit_callbacks(execute=True), caplog.at_level(logging.INFO):
        hide(still.file)

    assert not before.exists()
    assert Path(still.file.path).read_bytes() == b"sound"
    assert Path(still.file.name).suffix == ".mp3"
    assert "still" not in still.file.name
    assert f"off show: {address}" in caplog.text


def test_a_file_that_is_lost_stays_lost(still: Document) -> None:
    before = still.file.name
    Path(still.file.path).unlink()

    hide(still.file)

    assert still.file.name == before
