"""Which sizes of a picture the shop's pages use; no others are ever made."""

from collections.abc import Iterable
from enum import StrEnum


class Use(StrEnum):
    """Where a picture is shown."""

    CARD = "card"
    PRODUCT = "product"
    COVER = "cover"


class Form(StrEnum):
    """
    How a picture is written.

    AVIF is two thirds of WebP and takes four times its time to make; one browser in twenty
    cannot read it.
    """

    WEBP = "webp"
    AVIF = "avif"


# Widths in pixels; the first is the one named in `src`. Uses share them, so that few are made.
WIDTHS: dict[Use, tuple[int, ...]] = {
    Use.CARD: (328, 480),
    Use.PRODUCT: (480, 800),
    Use.COVER: (480, 800, 1280),
}
# What a picture takes up of a screen: on a phone two cards stand side by side.
SIZES: dict[Use, str] = {
    Use.CARD: "(min-width: 64rem) 20vw, (min-width: 48rem) 30vw, 44vw",
    Use.PRODUCT: "(min-width: 48rem) 45vw, 92vw",
    Use.COVER: "(min-width: 80rem) 77rem, 92vw",
}


def spec(width: int, form: Form = Form.WEBP) -> str:
    """Return the image library's name for a rendition of that width."""
    return f"width-{width}|format-{form}"


def specs(*uses: Use, forms: Iterable[Form] = Form) -> list[str]:
    """Return the specs of some uses, each once."""
    widths = dict.fromkeys(width for use in uses for width in WIDTHS[use])
    return [spec(width, form) for form in forms for width in widths]
