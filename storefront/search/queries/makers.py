"""Which makers have the words in their name or town."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse

from storefront.catalogue.models import Artisan
from storefront.catalogue.queries import MakerCard
from storefront.core.words import in_language
from storefront.media.queries import PICTURE, picture_of
from storefront.media.rules import Use, specs
from storefront.search.rules.meaning import Meaning

SHOWN = 8


def makers_with(meaning: Meaning) -> list[MakerCard]:
    """Return the makers that fit best; one query."""
    wanted: dict[str, Any] = {
        "asked": meaning.asked,
        "kind": ContentType.objects.get_for_model(Artisan).pk,
        "specs": specs(Use.CARD),
        "most": SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEST, wanted)
        return [
            MakerCard(
                name=in_language(*name),
                url=reverse("maker", args=[slug]),
                picture=picture_of(picture, Use.CARD),
                craft_name=in_language(*craft),
                town=in_language(*town),
            )
            for slug, *words in cursor.fetchall()
            for name, town, craft, picture in [(words[:2], words[2:4], words[4:6], words[6:])]
        ]


_BEST = f"""
    SELECT artisan.slug, artisan.name_en, artisan.name_hi, town_en, town_hi,
        craft.name_en, craft.name_hi, {PICTURE}
    FROM wagtailsearch_indexentry entry
    JOIN catalogue_artisan artisan ON artisan.id = entry.object_id::bigint
    JOIN atlas_craft craft ON craft.id = artisan.craft_id
    LEFT JOIN media_picture picture ON picture.id = artisan.portrait_id
    WHERE entry.content_type_id = %(kind)s AND artisan.is_named
        AND entry.title || entry.body @@ to_tsquery('english', %(asked)s)
    ORDER BY ts_rank(entry.title || entry.body, to_tsquery('english', %(asked)s)) DESC, artisan.id
    LIMIT %(most)s
"""  # noqa: S608 -- what is put in is our own text
