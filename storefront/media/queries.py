"""Pictures ready to be shown."""

from dataclasses import dataclass

from django.db.models import Prefetch
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


def with_renditions(lookup: str, *uses: Use) -> Prefetch[str]:
    """Return the prefetch that brings the renditions of a use along; `lookup` leads to them."""
    return Prefetch(lookup, queryset=Rendition.objects.filter(filter_spec__in=specs(*uses)))


def picture_view(picture: Picture, use: Use) -> PictureView:
    """Return a picture for one use; its renditions must have been prefetched."""
    made = {rendition.filter_spec: rendition for rendition in picture.renditions.all()}
    found = [made[spec(width)] for width in WIDTHS_OF[use] if spec(width) in made]
    first = found[0] if found else picture
    return PictureView(
        src=first.file.url,
        srcset=", ".join(f"{rendition.file.url} {rendition.width}w" for rendition in found),
        sizes=SIZES[use] if found else "",
        width=first.width,
        height=first.height,
        alt=alternative_text(picture),
        is_computer_drawn=picture.is_computer_drawn,
    )


def alternative_text(picture: Picture) -> str:
    """Return the words for a picture in the language of the moment."""
    hindi = (get_language() or "en").startswith("hi")
    return (hindi and picture.alt_hi) or picture.alt_en or picture.title
