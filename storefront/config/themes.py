"""A theme is a folder; what it lacks comes from the theme it extends."""

import tomllib
from pathlib import Path


def lineage(themes: Path, name: str) -> list[Path]:
    """
    Return the theme's folder, then its parent's, and so on.

    Raises:
        ValueError: a theme is missing, or extends itself in the end.
    """
    chain: list[Path] = []
    wanted: str | None = name
    while wanted:
        folder = themes / wanted
        if folder in chain:
            raise ValueError(f"{name} extends itself through {wanted}")
        manifest = folder / "theme.toml"
        if not manifest.is_file():
            raise ValueError(f"is not in themes/: {wanted} has no {manifest.name}")
        chain.append(folder)
        wanted = tomllib.loads(manifest.read_text(encoding="utf-8")).get("extends")
    return chain


def colour(chain: list[Path]) -> str:
    """Return the colour in which a phone paints its own bars around the shop."""
    for folder in chain:
        manifest = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
        if "app" in manifest:
            return str(manifest["app"]["colour"])
    raise ValueError(f"no theme of {chain[0].name} says what [app] colour is")
