"""Pictures ready to be shown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Func, Prefetch, TextField
from django.utils.translation import get_language

from storefront.core.statements import rows_of
from storefront.core.words import in_language
from storefront.media.models import Picture, Rendition
from storefront.media.rules import SIZES, Form, Use, spec, specs, widths
from storefront.media.rules import WIDTHS as WIDTHS_OF

# What is shown of a picture takes a kilobyte of memory.
MOST_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class PictureView:
    """
    What an `<img>` needs, and a `<source>` for browsers that read AVIF.

    `srcset` and `avif` are empty while the renditions are still being made. `large` is the widest
    there is, for looking closely and for sharing.
    """

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    is_computer_drawn: bool = False
    avif: str = ""
    large: str = ""
    large_width: int = 0
    large_height: int = 0


def pictures(numbers: Iterable[int | None], use: Use) -> dict[int, PictureView]:
    """
    Return pictures for one use, by their number; one query, or none if there are no numbers.

    A picture that is off show is not among them.
    """
    wanted = list({number for number in numbers if number})
    if not wanted:
        return {}
    rows = rows_of(_PICTURES, {"specs": specs(use), "wanted": wanted})
    return {number: _remembered(tuple(columns), use, get_language()) for number, *columns in rows}


# What statements ask of a `picture`; they give `specs`. Every list asks it: the ORM would spend
# ten times as long on making the same statement.
PICTURE = """
    CASE WHEN NOT picture.is_off_show THEN picture.file END, picture.width, picture.height,
    CASE WHEN picture.is_decorative THEN '' ELSE picture.title END,
    picture.alt_en, picture.alt_hi, picture.is_computer_drawn, (
        SELECT json_object_agg(filter_spec, json_build_array(file, width, height))::text
        FROM media_rendition WHERE image_id = picture.id AND filter_spec = ANY(%(specs)s)
    )
"""
_PICTURES = f"""
    SELECT id, {PICTURE} FROM media_picture picture WHERE id = ANY(%(wanted)s) AND NOT is_off_show
"""  # noqa: S608 -- what is put in is our own text


class PictureTold(Func):
    """What `told_picture` reads, as a column of a query that knows a picture's number."""

    output_field = TextField()

    def __init__(self, number: Any, use: Use) -> None:
        super().__init__(number)
        self.use = use

    def as_sql(self, compiler: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        """Return it as SQL with its parameters."""
        number, params = compiler.compile(self.get_source_expressions()[0])
        columns = PICTURE % {"specs": "%s"}
        sql = f"""(
            SELECT json_build_array({columns})::text
            FROM media_picture picture WHERE NOT is_off_show AND picture.id = {number}
        )"""  # noqa: S608 -- what is put in is our own text, and what Django made of our query
        return sql, (specs(self.use), *params)


def told_picture(told: str | None, use: Use) -> PictureView | None:
    """Return the picture that a query found as `PictureTold`, if there was one on show."""
    return _remembered(told, use, get_language()) if told else None


@lru_cache(MOST_REMEMBERED)
def _remembered(told: str | tuple[Any, ...], use: Use, language: str | None) -> PictureView:
    """Return the picture in this language: it follows from what was told alone."""
    return _from_columns(use, *(json.loads(told) if isinstance(told, str) else told))


def picture_of(columns: Sequence[Any], use: Use) -> PictureView | None:
    """Return the picture that a statement found as `PICTURE`, if there was one on show."""
    return _remembered(tuple(columns), use, get_language()) if columns[0] else None


def with_renditions(lookup: str, *uses: Use) -> Prefetch[str]:
    """Return the prefetch that brings the renditions of a use along; `lookup` leads to them."""
    return Prefetch(lookup, queryset=Rendition.objects.filter(filter_spec__in=specs(*uses)))


def picture_view(picture: Picture, use: Use) -> PictureView | None:
    """Return a picture for one use if it is on show; its renditions must have been prefetched."""
    if picture.is_off_show:
        return None
    made = {
        each.filter_spec: _File(Rendition, each.file.name, each.width, each.height)
        for each in picture.renditions.all()
    }
    return _view(
        _File(Picture, picture.file.name, picture.width, picture.height),
        made,
        use,
        alt=picture.told,
        is_computer_drawn=picture.is_computer_drawn,
    )


@dataclass(frozen=True, slots=True)
class _File:
    """A picture's file by name: what was uploaded, or a rendition."""

    model: type[Picture | Rendition]
    name: str
    width: int
    height: int

    @property
    def url(self) -> str:
        """Return where the file is served."""
        field = self.model._meta.get_field("file")  # noqa: SLF001 -- Django's documented model API
        return str(field.storage.url(self.name))


def _from_columns(use: Use, name: str, width: int, height: int, *words: Any) -> PictureView:
    title, alt_en, alt_hi, is_computer_drawn, renditions = words
    made = {
        known: _File(Rendition, *file) for known, file in json.loads(renditions or "{}").items()
    }
    original = _File(Picture, name, width, height)
    alt = in_language(alt_en, alt_hi) or title
    return _view(original, made, use, alt=alt, is_computer_drawn=is_computer_drawn)


def _view(
    original: _File, made: dict[str, _File], use: Use, *, alt: str, is_computer_drawn: bool
) -> PictureView:
    found = _made_of(made, use, Form.WEBP)
    first = found[0] if found else original
    wide = [made[spec(width)] for width in widths(use) if spec(width) in made]
    large = wide[-1] if wide else original
    return PictureView(
        src=first.url,
        srcset=_srcset(found),
        sizes=SIZES[use] if found else "",
        width=first.width,
        height=first.height,
        alt=alt,
        is_computer_drawn=is_computer_drawn,
        avif=_srcset(_made_of(made, use, Form.AVIF)),
        large=large.url,
        large_width=large.width,
        large_height=large.height,
    )


def _made_of(made: dict[str, _File], use: Use, form: Form) -> list[_File]:
    wanted = (spec(width, form) for width in WIDTHS_OF[use])
    return [made[name] for name in wanted if name in made]


def _srcset(files: list[_File]) -> str:
    """Return the files as a `srcset`; a picture that is not wider than one size fills no other."""
    by_width = {file.width: file for file in files}
    return ", ".join(f"{file.url} {width}w" for width, file in by_width.items())
