"""The image library: each picture once, its renditions made apart, its words in both languages."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.utils import translation
from PIL import Image

from storefront.media.models import Picture
from storefront.media.queries import (
    PictureTold,
    picture_view,
    pictures,
    told_picture,
    with_renditions,
)
from storefront.media.rules import LARGE, Use, spec, specs
from storefront.media.services import (
    NotAPicture,
    PictureFacts,
    add_picture,
    make_renditions,
    put_on_show,
    take_off_show,
)

pytestmark = pytest.mark.django_db

FACTS = PictureFacts(title="Lota", alt_en="A brass lota", alt_hi="पीतल का लोटा")


def drawn(colour: tuple[int, int, int] = (200, 120, 40), *, width: int = 800) -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, 1000), colour).save(content, "WEBP")
    return content.getvalue()


def test_the_same_bytes_are_kept_once() -> None:
    first = add_picture(drawn(), filename="lota.webp", facts=FACTS)
    again = add_picture(drawn(), filename="other.webp", facts=FACTS)
    other = add_picture(drawn((1, 2, 3)), filename="lota.webp", facts=FACTS)

    assert again == first
    assert other != first
    assert (first.width, first.height) == (800, 1000)
    assert Picture.objects.count() == 2


def test_a_picture_is_cropped_around_its_subject() -> None:
    facts = replace(FACTS, focus=(10, 20, 8, 16))

    picture = add_picture(drawn(), filename="lota.webp", facts=facts)

    assert picture.get_focal_point().centroid == (10, 20)
    assert picture.get_focal_point().size == (8, 16)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(NotAPicture):
        add_picture(b"<svg onload=alert(1)>", filename="bad.svg", facts=FACTS)

    assert Picture.objects.count() == 0


def test_a_new_picture_gets_its_renditions_from_the_worker() -> None:
    picture = add_picture(drawn(), filename="lota.webp", facts=FACTS)

    made = set(picture.renditions.values_list("filter_spec", flat=True))

    assert made == set(specs(*Use)) - {spec(LARGE[Use.PRODUCT])}
    assert {Path(each.file.name).suffix for each in picture.renditions.all()} == {".webp", ".avif"}
    assert make_renditions(picture) == len(made)


def test_a_wide_picture_can_be_looked_at_closely() -> None:
    wide = add_picture(drawn(width=1400), filename="lota.webp", facts=FACTS)
    narrow = add_picture(drawn(width=800), filename="lamp.webp", facts=FACTS)

    shown = pictures([wide.pk, narrow.pk], Use.PRODUCT)

    assert (shown[wide.pk].large_width, shown[narrow.pk].large_width) == (1200, 800)
    assert "width-1200" in shown[wide.pk].large
    assert "1200w" not in shown[wide.pk].srcset


def test_a_card_shows_renditions_and_words_of_the_language() -> None:
    picture = add_picture(drawn(), filename="lota.webp", facts=FACTS)
    ready = Picture.objects.prefetch_related(with_renditions("renditions", Use.CARD)).get(
        pk=picture.pk
    )

    english = picture_view(ready, Use.CARD)
    with translation.override("hi"):
        hindi = picture_view(ready, Use.CARD)

    assert english.srcset.endswith(".webp 480w")
    assert english.avif.endswith(".avif 480w")
    assert english.src.endswith(".webp")
    assert (english.width, english.height) == (328, 410)
    assert (english.alt, hindi.alt) == ("A brass lota", "पीतल का लोटा")


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("use", Use)
def test_a_picture_is_the_same_as_a_column_of_another_query(use: Use, language: str) -> None:
    shown, hidden = (
        add_picture(drawn(), filename="lota.webp", facts=FACTS),
        add_picture(drawn("red"), filename="face.webp", facts=FACTS),
    )
    take_off_show(hidden)

    def told() -> dict[int, Any]:
        rows = Picture.objects.annotate(read=PictureTold(F("pk"), use)).order_by("pk")
        return {each.pk: told_picture(each.read, use) for each in rows}

    with translation.override(language):
        assert told() == {**pictures([shown.pk], use), hidden.pk: None}
        shown.renditions.all().delete()
        assert told() == {**pictures([shown.pk], use), hidden.pk: None}


def test_while_renditions_are_being_made_the_original_is_shown() -> None:
    picture = add_picture(drawn(), filename="lota.webp", facts=FACTS)
    picture.renditions.all().delete()

    shown = picture_view(picture, Use.CARD)

    assert shown.src == picture.file.url
    assert (shown.srcset, shown.avif) == ("", "")


def test_no_width_is_offered_that_the_picture_does_not_have() -> None:
    picture = add_picture(drawn(), filename="lota.webp", facts=FACTS)

    assert re.findall(r"\d+w", picture_view(picture, Use.COVER).avif) == ["480w", "800w"]


def test_a_picture_off_show_is_at_no_address_it_had(
    django_capture_on_commit_callbacks: Any,
) -> None:
    picture = add_picture(drawn(), filename="face.webp", facts=FACTS)
    make_renditions(picture)
    files = [picture.file.path, *(each.file.path for each in picture.renditions.all())]
    before = Path(picture.file.path).read_bytes()

    with django_capture_on_commit_callbacks(execute=True):
        take_off_show(picture)

    picture.refresh_from_db()
    assert not any(Path(file).exists() for file in files)
    assert Path(picture.file.path).read_bytes() == before
    assert "face" not in picture.file.name
    assert not picture.renditions.exists()
    assert pictures([picture.pk], Use.CARD) == {}
    assert picture_view(picture, Use.CARD) is None


def test_a_picture_comes_back_on_show() -> None:
    picture = add_picture(drawn(), filename="face.webp", facts=FACTS)
    take_off_show(picture)

    put_on_show(picture)

    assert pictures([picture.pk], Use.CARD)[picture.pk].src == picture.file.url
