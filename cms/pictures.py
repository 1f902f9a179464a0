"""The pictures of one page, with their renditions fetched in one query."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

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


def what_is_missing(pictures: Iterable[Picture], *, with_words: bool) -> list[str]:
    """Return why pictures cannot be on a page for everybody yet, a sentence for each reason."""
    problems = []
    for picture in dict.fromkeys(pictures):
        named = {"title": picture.title}
        if not picture.is_credited:
            words = _("“%(title)s” has no credit or no licence yet: the library needs both first.")
            problems.append(words % named)
        if with_words and not picture.is_described:
            words = _("“%(title)s” is not described yet: say in the library what can be seen.")
            problems.append(words % named)
    return problems
