"""Which sizes of a picture the shop's pages use; no others are ever made."""

from enum import StrEnum


class Use(StrEnum):
    """Where a picture is shown."""

    CARD = "card"
    PRODUCT = "product"
    COVER = "cover"


# Widths in pixels; the first is the one named in `src`.
WIDTHS: dict[Use, tuple[int, ...]] = {
    Use.CARD: (328, 480),
    Use.PRODUCT: (480, 800),
    Use.COVER: (640, 1280),
}
# What is shown alone, when somebody looks closely or shares it; nothing lists it beside others.
LARGE: dict[Use, int] = {Use.PRODUCT: 1200}
SIZES: dict[Use, str] = {
    Use.CARD: "(min-width: 60rem) 20vw, (min-width: 40rem) 33vw, 45vw",
    Use.PRODUCT: "(min-width: 60rem) 50vw, 100vw",
    Use.COVER: "100vw",
}
# In letters: a small square as JPEG, twice as fine as it is shown, made when one is first sent.
LETTER_SIDE = 72
LETTER_SPEC = f"fill-{LETTER_SIDE * 2}x{LETTER_SIDE * 2}|bgcolor-fffcf5|format-jpeg|jpegquality-75"


def spec(width: int) -> str:
    """Return the image library's name for a rendition of that width."""
    return f"width-{width}|format-webp"


def specs(*uses: Use) -> list[str]:
    """Return the specs of some uses, each once."""
    return list(dict.fromkeys(spec(width) for use in uses for width in widths(use)))


def widths(use: Use) -> tuple[int, ...]:
    """Return all widths of a use, narrow ones first."""
    return (*WIDTHS[use], LARGE[use]) if use in LARGE else WIDTHS[use]


def specs_worth_making(width: int, *uses: Use) -> list[str]:
    """Return the specs for a picture of that width: one not wide enough has no large rendition."""
    too_large = {spec(LARGE[use]) for use in uses if use in LARGE and width <= max(WIDTHS[use])}
    return [each for each in specs(*uses) if each not in too_large]
