"""The pictures of one page, with their renditions fetched in one query."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import prefetch_related_objects

from storefront.media.models import Picture
from storefront.media.queries import PictureView, picture_view, with_renditions
from storefront.media.rules import Use


def load_renditions(pictures: Iterable[Picture | None]) -> None:
    """Bring along what `shown` needs of these pictures; one query."""
    present = [picture for picture in pictures if picture]
    if present:
        prefetch_related_objects(present, with_renditions("renditions", *Use))


def shown(picture: Picture | None, use: Use) -> PictureView | None:
    """Return a picture for one use, or nothing; see `load_renditions`."""
    return picture_view(picture, use) if picture else None


def with_own_words(picture: Any) -> PictureView | None:
    """Return the picture with the alternative text given in this story, if any."""
    view = shown(picture, Use.COVER)
    if view is None:
        return None
    if picture.decorative:
        return replace(view, alt="")
    return replace(view, alt=picture.contextual_alt_text or view.alt)
