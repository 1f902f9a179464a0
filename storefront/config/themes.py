"""A theme is a folder; what it lacks comes from the theme it extends. A skin only recolours it."""

import tomllib
from pathlib import Path
from typing import Any

MANIFEST = "theme.toml"
SKIN = "skin"


def manifest(folder: Path) -> dict[str, Any]:
    """Return what a theme says of itself."""
    return tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def lineage(themes: Path, name: str) -> list[Path]:
    """
    Return the theme's folder, then its parent's, and so on.

    Raises:
        ValueError: a theme is missing, is only a skin, or extends itself in the end.
    """
    chain: list[Path] = []
    wanted: str | None = name
    while wanted:
        folder = themes / wanted
        if folder in chain:
            raise ValueError(f"{name} extends itself through {wanted}")
        if not (folder / MANIFEST).is_file():
            raise ValueError(f"is not in themes/: {wanted} has no {MANIFEST}")
        said = manifest(folder)
        if said.get("kind") == SKIN:
            raise ValueError(f"must be a theme: {wanted} is a skin, which editors put on by date")
        chain.append(folder)
        wanted = said.get("extends")
    return chain


def colour(chain: list[Path]) -> str:
    """Return the colour in which a phone paints its own bars around the shop."""
    for folder in chain:
        said = manifest(folder)
        if "app" in said:
            return str(said["app"]["colour"])
    raise ValueError(f"no theme of {chain[0].name} says what [app] colour is")


def skins(themes: Path) -> list[Path]:
    """Return the folders of the skins that any theme can wear for a festival, by name."""
    found = sorted(path.parent for path in themes.glob(f"*/{MANIFEST}"))
    return [folder for folder in found if manifest(folder).get("kind") == SKIN]
