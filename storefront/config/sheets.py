"""The styles of the first screen stand in the page, as its icon does: nothing is waited for."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

# Of every theme in the chain, the parents' first. Its other sheets are linked by its templates.
FIRST = ("main.css", "tokens.css")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What holds always; other blocks of tokens, as for the dark, have conditions.
TOKENS = re.compile(r"@layer tokens\{:root\{([^{}]*)\}")
ADDRESS = re.compile(r'url\("(?!data:)([^"]+)"\)')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet, and the name by which a content policy allows it."""

    css: SafeString
    source: str


def first_sheet() -> Sheet:
    """Return the first screen's sheet; while a theme is being made, as its files are now."""
    return _read() if settings.DEBUG else first_sheet_as_kept()


@cache
def first_sheet_as_kept() -> Sheet:
    """Return the first screen's sheet as it was when it was first asked for."""
    return _read()


@cache
def icon() -> str:
    """Return the tab's icon as an address that holds it."""
    file = Path(finders.find("base/icon.svg") or "")
    return "data:image/svg+xml," + quote(file.read_text(encoding="utf-8").strip(), safe=" =:/")


def _read() -> Sheet:
    files = [
        folder / "static" / folder.name / name
        for folder in reversed(settings.THEME_FOLDERS)
        for name in FIRST
    ]
    css = _once("".join(_smaller(_with_addresses(file)) for file in files if file.is_file()))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return Sheet(css=mark_safe(css), source=f"'sha256-{digest}'")  # noqa: S308 -- our own files


def _with_addresses(file: Path) -> str:
    """Return the sheet with addresses that are right in any page."""
    here = f"{file.parent.name}/"
    return ADDRESS.sub(
        lambda found: f'url("{static(urljoin(here, found[1]))}")', file.read_text(encoding="utf-8")
    )


def _once(css: str) -> str:
    """Leave out what a parent says of a token and its child, which comes later, says anew."""
    said_later: set[str] = set()
    for block in reversed(list(TOKENS.finditer(css))):
        kept = [each for each in block[1].split(";") if each.partition(":")[0] not in said_later]
        said_later.update(each.partition(":")[0] for each in kept)
        css = css[: block.start(1)] + ";".join(kept) + css[block.end(1) :]
    return css


def _smaller(css: str) -> str:
    """Leave out comments and the space that only people need."""
    css = re.sub(r"\s+", " ", COMMENT.sub("", css))
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    return re.sub(r"([\w-]): ", r"\1:", css).replace(";}", "}").strip()
