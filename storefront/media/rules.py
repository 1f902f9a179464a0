"""Which sizes of a picture the shop's pages use, and which photos we take from strangers."""

from collections.abc import Iterable
from enum import StrEnum

# What we take from strangers: bytes, pixels, kinds; and the longest edge that we keep.
LARGEST_PHOTO = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
PHOTO_KINDS = ("JPEG", "PNG", "WEBP")
LONGEST_EDGE = 1600


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
# What is shown alone, when somebody looks closely or shares it; nothing lists it beside others.
LARGE: dict[Use, int] = {Use.PRODUCT: 1200}
# What a picture takes up of a screen: on a phone two cards stand side by side.
SIZES: dict[Use, str] = {
    Use.CARD: "(min-width: 64rem) 20vw, (min-width: 48rem) 30vw, 44vw",
    Use.PRODUCT: "(min-width: 48rem) 45vw, 92vw",
    Use.COVER: "(min-width: 80rem) 77rem, 92vw",
}
# In letters: a small square as JPEG, twice as fine as it is shown, made when one is first sent.
LETTER_SIDE = 72
LETTER_SPEC = f"fill-{LETTER_SIDE * 2}x{LETTER_SIDE * 2}|bgcolor-fffcf5|format-jpeg|jpegquality-75"


def spec(width: int, form: Form = Form.WEBP) -> str:
    """Return the image library's name for a rendition of that width."""
    return f"width-{width}|format-{form}"


def specs(*uses: Use, forms: Iterable[Form] = Form) -> list[str]:
    """Return the specs of some uses, each once."""
    every = dict.fromkeys(width for use in uses for width in WIDTHS[use])
    large = dict.fromkeys(LARGE[use] for use in uses if use in LARGE)
    # The large one is looked at by few, and shared with programs that may not read AVIF.
    return [
        *(spec(width, form) for form in forms for width in every),
        *(spec(width) for width in large if Form.WEBP in forms),
    ]


def widths(use: Use) -> tuple[int, ...]:
    """Return all widths of a use, narrow ones first."""
    return (*WIDTHS[use], LARGE[use]) if use in LARGE else WIDTHS[use]


def specs_worth_making(width: int, *uses: Use, forms: Iterable[Form] = Form) -> list[str]:
    """Return the specs for a picture of that width: one not wide enough has no large rendition."""
    too_large = {spec(LARGE[use]) for use in uses if use in LARGE and width <= max(WIDTHS[use])}
    return [each for each in specs(*uses, forms=forms) if each not in too_large]
