"""All that is wrong with the themes of a folder, in words for whoever makes them."""

import posixpath
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import brotli
from django.contrib.staticfiles.finders import AppDirectoriesFinder

from storefront.config.theme_checks.contrast import Tokens, has_dark, tokens, weak_pairs
from storefront.config.themes import MANIFEST, SKIN, lineage, manifest, skins

THEME = "theme"
KEYS = {"name", "version", "kind", "extends", "app", "fonts", "budget"}
INNER = {
    "app": {"colour"},
    "fonts": {"licence"},
    "budget": {
        *("css_bytes", "css_brotli_bytes", "script_brotli_bytes"),
        *("font_hindi_bytes", "font_english_bytes"),
    },
}
# A skin may colour and decorate; how things stand is a theme's.
OF_A_SKIN = {MANIFEST, "static"}
_STATIC = re.compile(r"""\{%\s*static\s+(['"])([^'"]+)\1(?!\|)""")
_URL = re.compile(r"""url\(\s*(['"]?)([^'")]+)\1\s*\)""")


def problems(themes: Path) -> Iterator[str]:
    """Yield what is wrong, each line with the theme's name in front."""
    for folder in sorted(path.parent for path in themes.glob(f"*/{MANIFEST}")):
        for found in _of_folder(themes, folder):
            yield f"{folder.name}: {found}"


def _of_folder(themes: Path, folder: Path) -> Iterator[str]:
    try:
        said = manifest(folder)
    except tomllib.TOMLDecodeError as error:
        yield f"{MANIFEST} cannot be read: {error}"
        return
    yield from _manifest(folder)
    if said.get("kind") == SKIN:
        yield from _skin(folder)
        return
    try:
        chain = lineage(themes, folder.name)
    except ValueError as error:
        yield str(error)
        return
    yield from _unresolved(folder, chain)
    yield from _unreadable(themes, chain)
    yield from _over_budget(chain)


def _manifest(folder: Path) -> Iterator[str]:
    """Yield keys that nothing reads, and what a theme must say and does not."""
    said = manifest(folder)
    unknown = [key for key in said if key not in KEYS]
    for table, keys in INNER.items():
        unknown += [f"{table}.{key}" for key in said.get(table, {}) if key not in keys]
    if unknown:
        yield f"nothing reads these keys of {MANIFEST}: {', '.join(unknown)}"
    if said.get("name") != folder.name:
        yield f"its name must be that of its folder, {folder.name}"
    if said.get("kind") not in {THEME, SKIN}:
        yield f'its kind must be "{THEME}" or "{SKIN}"'
    if not said.get("version"):
        yield "it has no version"
    licence = said.get("fonts", {}).get("licence")
    if any(folder.rglob("*.woff2")) and not (licence and (folder / licence).is_file()):
        yield "it has fonts, and fonts.licence names no file"


def _skin(folder: Path) -> Iterator[str]:
    """Yield what a skin has and must not have, or the other way round."""
    extra = sorted(path.name for path in folder.iterdir() if path.name not in OF_A_SKIN)
    if extra:
        yield f"a skin has only {MANIFEST} and static/, and no {', '.join(extra)}"
    sheet = folder / "static" / "skins" / folder.name / "skin.css"
    if not sheet.is_file():
        yield f"there is no {sheet.relative_to(folder)}"
        return
    css = sheet.read_text(encoding="utf-8")
    if not re.match(r"\s*(?:/\*.*?\*/\s*)*@layer skin \{", css, re.DOTALL):
        yield "skin.css must stand in @layer skin"
    yield from _unresolved(folder, [folder])
    allowed = manifest(folder).get("budget", {}).get("css_bytes", 0)
    if sheet.stat().st_size > allowed:
        yield f"skin.css has {sheet.stat().st_size} bytes, budget.css_bytes is {allowed}"


def _unresolved(folder: Path, chain: list[Path]) -> Iterator[str]:
    """Yield files that templates and style sheets name and nobody has."""
    for template in sorted(folder.glob("templates/**/*.html")):
        for _quote, name in _STATIC.findall(template.read_text(encoding="utf-8")):
            if not _is_there(name, chain):
                yield f"{template.relative_to(folder)} names {name}, which is nowhere"
    static = folder / "static"
    for sheet in sorted(static.rglob("*.css")):
        here = sheet.relative_to(static).as_posix()
        for _quote, name in _URL.findall(sheet.read_text(encoding="utf-8")):
            if name.startswith(("data:", "#")):
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(here), name))
            if not _is_there(path, chain):
                yield f"static/{here} names {name}, which is nowhere"


def _is_there(name: str, chain: list[Path]) -> bool:
    return any((theme / "static" / name).is_file() for theme in chain) or _of_library(name)


@cache
def _of_library(name: str) -> bool:
    return bool(AppDirectoriesFinder().find(name))


def _unreadable(themes: Path, chain: list[Path]) -> Iterator[str]:
    """Yield pairs of colours that are too alike, in the theme and in each skin it can wear."""
    css = "\n".join(
        sheet.read_text(encoding="utf-8")
        for theme in reversed(chain)
        for sheet in sorted(theme.glob("static/**/*.css"))
    )
    for worn in (None, *skins(themes)):
        skin_css = _skin_css(worn) if worn else ""
        for dark in (False, True) if has_dark(css) or has_dark(skin_css) else (False,):
            colours: Tokens = tokens(css, dark=dark)
            if worn:
                colours |= tokens(skin_css, of=f'[data-skin="{worn.name}"]', dark=dark)
            where = f"in {worn.name}" if worn else "by itself"
            where += ", in the dark" if dark else ""
            yield from (f"{where}: {weak}" for weak in weak_pairs(colours))


def _skin_css(skin: Path) -> str:
    sheets = skin.glob("static/**/*.css")
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def sizes(chain: list[Path]) -> dict[str, int]:
    """Return what a theme with its parents weighs, by the names of the budgets."""
    files = [file for theme in chain for file in theme.glob("static/**/*")]
    fonts = [file for file in files if file.suffix == ".woff2"]
    return {
        "css_brotli_bytes": _compressed(file for file in files if file.suffix == ".css"),
        "script_brotli_bytes": _compressed(file for file in files if file.suffix == ".js"),
        # A page of one language fetches the files of that language alone.
        "font_hindi_bytes": sum(each.stat().st_size for each in fonts if "hindi" in each.name),
        "font_english_bytes": sum(
            each.stat().st_size for each in fonts if "hindi" not in each.name
        ),
    }


def _compressed(files: Iterable[Path]) -> int:
    return sum(len(brotli.compress(file.read_bytes())) for file in files)


def _over_budget(chain: list[Path]) -> Iterator[str]:
    budget: dict[str, int] = {}
    for theme in reversed(chain):
        budget |= manifest(theme).get("budget", {})
    for name, weighs in sizes(chain).items():
        if name in budget and weighs > budget[name]:
            yield f"budget.{name} is {budget[name]}, and its files have {weighs}"
