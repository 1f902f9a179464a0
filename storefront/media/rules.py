"""Which sizes of a picture the shop's pages use, and which photos we take from strangers."""

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


# Widths in pixels; the first is the one named in `src`.
WIDTHS: dict[Use, tuple[int, ...]] = {
    Use.CARD: (328, 480),
    Use.PRODUCT: (480, 800),
    Use.COVER: (640, 1280),
}
SIZES: dict[Use, str] = {
    Use.CARD: "(min-width: 60rem) 20vw, (min-width: 40rem) 33vw, 45vw",
    Use.PRODUCT: "(min-width: 60rem) 50vw, 100vw",
    Use.COVER: "100vw",
}


def spec(width: int) -> str:
    """Return the image library's name for a rendition of that width."""
    return f"width-{width}|format-webp"


def specs(*uses: Use) -> list[str]:
    """Return the specs of some uses, each once."""
    return list(dict.fromkeys(spec(width) for use in uses for width in WIDTHS[use]))
