"""Taking pictures into the library, and making their renditions."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from storefront.core.refusals import Refusal
from storefront.core.secret_names import hide
from storefront.media.models import Picture
from storefront.media.rules import (
    LARGEST_PHOTO,
    LONGEST_EDGE,
    MOST_PIXELS,
    PHOTO_KINDS,
    Form,
    Use,
    specs_worth_making,
)

logger = logging.getLogger(__name__)


class NotAPicture(Refusal):
    """The file cannot be read as a picture."""

    code = "not-a-picture"


class PhotoRefused(Refusal):
    """A stranger's photo is too large, or of a kind that we do not take."""

    code = "photo-refused"


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """
    What is known about a picture besides its pixels.

    `focus` is the middle and the size of its subject: x, y, width, height in pixels.
    """

    title: str
    alt_en: str
    alt_hi: str
    credit: str = ""
    licence: str = ""
    is_computer_drawn: bool = False
    focus: tuple[int, int, int, int] | None = None


def add_picture(
    content: bytes, *, filename: str, facts: PictureFacts, collection: Collection | None = None
) -> Picture:
    """
    Put a picture into the library, once: the same bytes are not kept twice.

    Its renditions are made later, by whoever calls `make_renditions` or the worker.

    Raises:
        NotAPicture: the bytes are no picture that we can read.
    """
    try:
        with Pillow.open(BytesIO(content)) as opened:
            width, height = opened.size
    except (UnidentifiedImageError, OSError) as error:
        raise NotAPicture(filename) from error
    digest = hash_filelike(BytesIO(content))
    known: Picture | None = Picture.objects.filter(file_hash=digest, alt_en=facts.alt_en).first()
    if known is not None:
        return known
    picture = Picture(
        title=facts.title,
        alt_en=facts.alt_en,
        alt_hi=facts.alt_hi,
        credit=facts.credit,
        licence=facts.licence,
        is_computer_drawn=facts.is_computer_drawn,
        width=width,
        height=height,
        file_size=len(content),
        file_hash=digest,
        collection=collection or Collection.get_first_root_node(),
    )
    if facts.focus:
        x, y, wide, high = facts.focus
        picture.focal_point_x, picture.focal_point_y = x, y
        picture.focal_point_width, picture.focal_point_height = wide, high
    picture.file = ImageFile(BytesIO(content), name=filename)
    with transaction.atomic():
        picture.save()
    return picture


def is_too_large(file: IO[bytes]) -> bool:
    """Return whether a picture has more pixels than we unpack; its head says so."""
    try:
        with Pillow.open(file) as opened:
            return opened.width * opened.height > MOST_PIXELS
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        return True
    except (OSError, SyntaxError, ValueError):
        return False
    finally:
        file.seek(0)


def is_whole(file: IO[bytes]) -> bool:
    """
    Return whether a picture can be read to its end; its size must have been looked at before.

    What is no picture at all lacks nothing. A JPEG is unpacked at an eighth of its width, so that
    a large one takes little memory.
    """
    try:
        with Pillow.open(file) as opened:
            opened.draft("RGB", (1, 1))
            opened.load()
    except UnidentifiedImageError:
        return True
    except (OSError, SyntaxError, ValueError, EOFError):
        return False
    finally:
        file.seek(0)
    return True


def clean_photo(content: bytes) -> bytes:
    """
    Return a stranger's photo as the pixels alone: turned upright, no larger than we show it.

    Where and with what it was taken (EXIF, GPS) is left behind, and so is all else in the file.

    Raises:
        PhotoRefused: it is no JPEG, PNG or WebP picture, or too large to be looked at.
    """
    if len(content) > LARGEST_PHOTO:
        raise PhotoRefused(
            gettext("A photo may have %(most)s MB.") % {"most": LARGEST_PHOTO // 1024**2}
        )
    try:
        with Pillow.open(BytesIO(content), formats=PHOTO_KINDS) as opened:
            # The size stands in the file's head: nothing huge is unpacked to find out.
            if opened.width * opened.height > MOST_PIXELS:
                raise PhotoRefused(gettext("This photo has too many pixels."))
            pixels = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, Pillow.DecompressionBombError, OSError, SyntaxError) as error:
        raise PhotoRefused(gettext("Please choose a JPEG, PNG or WebP photo.")) from error
    pixels.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    # A picture of the bare pixels: what came with them stays in the old one.
    bare = Pillow.new("RGB", pixels.size)
    bare.paste(pixels)
    cleaned = BytesIO()
    bare.save(cleaned, "JPEG", quality=85)
    return cleaned.getvalue()


@transaction.atomic
def take_off_show(picture: Picture) -> None:
    """
    Show a picture nowhere any more: no place of the shop, and no address that it had.

    Its renditions are deleted, and its file gets a name that nobody knows.
    """
    for rendition in picture.renditions.all():
        logger.info("off show: %s", rendition.url)
        rendition.delete()  # Wagtail deletes the file once this is committed
    hide(picture.file)
    picture.is_off_show = True
    picture.save(update_fields=["file", "is_off_show"])


def put_on_show(picture: Picture) -> None:
    """Show a picture again that was off show; the worker must make its renditions anew."""
    picture.is_off_show = False
    picture.save(update_fields=["is_off_show"])


def make_renditions(picture: Picture, *uses: Use, forms: Iterable[Form] = Form) -> int:
    """Make what is missing of a picture's renditions; return how many there now are."""
    wanted = specs_worth_making(picture.width, *(uses or Use), forms=forms)
    return len(picture.get_renditions(*wanted))
