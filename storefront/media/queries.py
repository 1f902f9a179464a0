"""Pictures ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from storefront.media.models import Picture, Rendition
from storefront.media.rules import SIZES, Use, spec, specs
from storefront.media.rules import WIDTHS as WIDTHS_OF


@dataclass(frozen=True, slots=True)
class PictureView:
    """What an `<img>` needs. `srcset` is empty while the renditions are still being made."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    is_computer_drawn: bool = False


def pictures(numbers: Iterable[int | None], use: Use) -> dict[int, PictureView]:
    """Return pictures for one use, by their number; one query, or none if there are no numbers."""
    wanted = {number for number in numbers if number}
    if not wanted:
        return {}
    made = Rendition.objects.filter(image=OuterRef("pk"), filter_spec__in=specs(use))
    rendition = JSONObject(spec="filter_spec", name="file", width="width", height="height")
    found = Picture.objects.filter(pk__in=wanted).values_list(
        "pk",
        "file",
        "width",
        "height",
        "title",
        "alt_en",
        "alt_hi",
        "is_computer_drawn",
        ArraySubquery(made.values(json=rendition)),
    )
    return {number: _from_columns(use, *columns) for number, *columns in found}


def with_renditions(lookup: str, *uses: Use) -> Prefetch[str]:
    """Return the prefetch that brings the renditions of a use along; `lookup` leads to them."""
    return Prefetch(lookup, queryset=Rendition.objects.filter(filter_spec__in=specs(*uses)))


def picture_view(picture: Picture, use: Use) -> PictureView:
    """Return a picture for one use; its renditions must have been prefetched."""
    made = {
        each.filter_spec: _File(each.file.url, each.width, each.height)
        for each in picture.renditions.all()
    }
    return _view(
        _File(picture.file.url, picture.width, picture.height),
        made,
        use,
        alt=alternative_text(picture.title, picture.alt_en, picture.alt_hi),
        is_computer_drawn=picture.is_computer_drawn,
    )


def alternative_text(title: str, english: str, hindi: str) -> str:
    """Return the words for a picture in the language of the moment."""
    is_hindi = (get_language() or "en").startswith("hi")
    return (is_hindi and hindi) or english or title


@dataclass(frozen=True, slots=True)
class _File:
    """A picture's file: what was uploaded, or a rendition."""

    url: str
    width: int
    height: int


def _from_columns(use: Use, name: str, width: int, height: int, *words: Any) -> PictureView:
    *texts, is_computer_drawn, renditions = words
    made = {
        each["spec"]: _File(_url(Rendition, each["name"]), each["width"], each["height"])
        for each in renditions
    }
    original = _File(_url(Picture, name), width, height)
    alt = alternative_text(*texts)
    return _view(original, made, use, alt=alt, is_computer_drawn=is_computer_drawn)


def _url(model: type[Picture | Rendition], name: str) -> str:
    """Return the address of a file that is known by name only."""
    field = model._meta.get_field("file")  # noqa: SLF001 -- Django's documented model API
    return str(field.storage.url(name))


def _view(
    original: _File, made: dict[str, _File], use: Use, *, alt: str, is_computer_drawn: bool
) -> PictureView:
    found = [made[spec(width)] for width in WIDTHS_OF[use] if spec(width) in made]
    first = found[0] if found else original
    return PictureView(
        src=first.url,
        srcset=", ".join(f"{file.url} {file.width}w" for file in found),
        sizes=SIZES[use] if found else "",
        width=first.width,
        height=first.height,
        alt=alt,
        is_computer_drawn=is_computer_drawn,
    )
