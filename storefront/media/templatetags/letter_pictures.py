"""Pictures in letters: mail programs want JPEG, whole addresses, and a size that needs no style."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.db.models import QuerySet
from wagtail.images.models import Filter, SourceImageIOError

from storefront.core.compiled import compiled
from storefront.media.models import Picture, Rendition
from storefront.media.rules import LETTER_SIDE, LETTER_SPEC

register = template.Library()
logger = logging.getLogger(__name__)
SQUARE = Filter(spec=LETTER_SPEC)


@register.simple_tag
def with_pictures(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """
    Return lines of a letter with `shown` in the place of a picture's number: src, alt and side.

    Whoever sets the letter is the worker, so a picture's small square is made here if it is not
    there yet. A letter does without a picture that is gone, off show, or cannot be read.
    """
    wanted = list(lines)
    numbers = sorted({line["picture"] for line in wanted if line.get("picture")})
    # One that was cut out around another point than today's is none.
    made = {
        each.image_id: each
        for each in _made(numbers)
        if each.focal_point_key == SQUARE.get_cache_key(each.image)
    }
    missing = Picture.objects.in_bulk(set(numbers) - made.keys())
    shown = {number: _shown(each.image, each) for number, each in made.items()}
    shown |= {number: _shown(picture) for number, picture in missing.items()}
    return [{**line, "shown": shown.get(line.get("picture"))} for line in wanted]


@compiled
def _made(numbers: list[int]) -> QuerySet[Rendition]:
    """Return the small squares there are, with their pictures."""
    squares: QuerySet[Rendition] = Rendition.objects.select_related("image")
    return squares.filter(filter_spec=LETTER_SPEC, image__in=numbers)


def _shown(picture: Picture, square: Rendition | None = None) -> dict[str, Any] | None:
    if picture.is_off_show:
        return None
    try:
        url = (square or picture.get_rendition(LETTER_SPEC)).url
    except SourceImageIOError:
        logger.warning("picture %s cannot be read", picture.pk)
        return None
    return {
        "src": url if "://" in url else settings.SHOP_URL + url,
        "alt": picture.told,
        "side": LETTER_SIDE,
    }
