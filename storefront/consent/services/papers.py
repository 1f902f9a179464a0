"""Keeping signed papers and recordings where only those see them who must."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Collection, CollectionViewRestriction

from storefront.accounts.roles import Role
from storefront.consent.models import Paper
from storefront.core.refusals import Refusal

COLLECTION = "Consent"
READERS = (Role.EDITOR, Role.MODERATOR)
KINDS = ("pdf", "jpg", "jpeg", "png", "webp", "mp3", "m4a", "ogg", "opus", "mp4")
LARGEST_PAPER = 25 * 1024**2


class PaperRefused(Refusal):
    """The file is too large, or of a kind that nobody signs or records."""

    code = "paper-refused"


def add_paper(file: "UploadedFile[Any]", *, title: str) -> Paper:
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
    paper = Paper(title=title[:255], file=file, collection=close_papers())
    paper._set_document_file_metadata()  # noqa: SLF001 -- Wagtail's form of documents does so, too
    paper.save()
    return paper


@transaction.atomic
def close_papers() -> Collection:
    """Let editors and moderators into the papers' collection, and nobody else; return it."""
    root = Collection.get_first_root_node()
    found: Collection | None = root.get_children().filter(name=COLLECTION).first()
    collection = found or root.add_child(name=COLLECTION)
    groups = [Group.objects.get_or_create(name=role.value)[0] for role in READERS]
    restriction, _ = CollectionViewRestriction.objects.get_or_create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.set(groups)
    return collection
