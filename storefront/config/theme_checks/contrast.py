"""Whether what is written in a theme's colours can be read: WCAG's contrast of pairs of tokens."""

import re
from collections.abc import Iterator

# What is written on what. Source: WCAG 2.2, 1.4.3 (text 4.5) and 1.4.11 (edges, focus 3).
GROUNDS = ("paper", "paper-2", "card")
TEXT = (
    *((ink, ground) for ink in ("ink", "ink-2", "accent", "label") for ground in GROUNDS),
    *((ink, ground) for ink in ("ok", "warn", "bad") for ground in GROUNDS),
    *(("ink", ground) for ground in ("ok-paper", "bad-paper", "code-paper")),
    ("ok", "ok-paper"),
    ("bad", "bad-paper"),
    ("on-accent", "accent"),
    ("on-deep", "deep"),
    ("on-deep-2", "deep"),
    ("hero-label", "deep"),
    ("on-ornament", "ornament"),
    *(
        ("on-tile", f"tile-{craft}")
        for craft in [
            "textile",
            "metal",
            "wood",
            "clay",
            "stone",
            "leather",
            "fibre",
            "food",
            "other",
        ]
    ),
)
EDGES = (
    ("field", "paper"),
    ("field", "card"),
    *(("focus", ground) for ground in GROUNDS),
    ("focus-on-dark", "deep"),
    ("focus-on-dark", "accent"),
)
LEAST = {4.5: TEXT, 3.0: EDGES}

Tokens = dict[str, str]
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+)")
_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{")
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
_HEX = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def tokens(css: str, *, of: str = ":root", dark: bool = False) -> Tokens:
    """Return the custom properties a style sheet gives to a selector, by name without dashes."""
    plain, for_dark = _parted(_COMMENT.sub("", css))
    found: Tokens = {}
    for text in (plain, for_dark) if dark else (plain,):
        for selector, body in _RULE.findall(text):
            if selector.strip() == of:
                found |= {name: value.strip() for name, value in _TOKEN.findall(body)}
    return found


def has_dark(css: str) -> bool:
    """Return whether a style sheet has other tokens for the dark."""
    return "--" in _parted(css)[1]


def weak_pairs(known: Tokens) -> Iterator[str]:
    """Yield each pair that cannot be read well, with its contrast and what it needs."""
    for least, pairs in LEAST.items():
        for upper, ground in pairs:
            found = [_colour(known, name) for name in (upper, ground)]
            if None in found:
                yield f"--{upper} or --{ground} is no colour like #7a1f2b"
                continue
            reached = contrast(*filter(None, found))
            if reached < least:
                shown = f"--{upper} on --{ground}"
                yield f"{shown} has a contrast of {reached:.2f} and needs {least}"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as `#fff`: 1 is none, 21 the most there is."""
    light, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(known: Tokens, name: str) -> str | None:
    """Return a token's colour, through the tokens it stands for; None where there is none."""
    value = known.get(name, "")
    for _step in known:
        found = _VARIABLE.fullmatch(value)
        if not found:
            break
        value = known.get(found[1], "")
    return value if _HEX.fullmatch(value) else None


def _parted(css: str) -> tuple[str, str]:
    """Return a style sheet without its rules for the dark, and those rules."""
    plain, dark, at = "", "", 0
    for found in _DARK.finditer(css):
        end, depth = found.end(), 1
        while depth and end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        plain += css[at : found.start()]
        dark += css[found.end() : end - 1]
        at = end
    return plain + css[at:], dark
