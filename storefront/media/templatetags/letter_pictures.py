"""Pictures in letters: mail programs want JPEG, whole addresses, and a size that needs no style."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from wagtail.images.models import SourceImageIOError

from storefront.media.models import Picture
from storefront.media.rules import LETTER_SIDE, LETTER_SPEC

register = template.Library()
logger = logging.getLogger(__name__)


@register.simple_tag
def with_pictures(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """
    Return lines of a letter with `shown` in the place of a picture's number: src, alt and side.

    Whoever sets the letter is the worker, so a picture's small square is made here if it is not
    there yet. A letter does without a picture that is gone, off show, or cannot be read.
    """
    wanted = list(lines)
    found = Picture.objects.prefetch_renditions(LETTER_SPEC).in_bulk(
        {line["picture"] for line in wanted if line.get("picture")}
    )
    return [{**line, "shown": _shown(found.get(line.get("picture")))} for line in wanted]


def _shown(picture: Picture | None) -> dict[str, Any] | None:
    if picture is None or picture.is_off_show:
        return None
    try:
        url = picture.get_rendition(LETTER_SPEC).url
    except SourceImageIOError:
        logger.warning("picture %s cannot be read", picture.pk)
        return None
    return {
        "src": url if "://" in url else settings.SHOP_URL + url,
        "alt": picture.told,
        "side": LETTER_SIDE,
    }
