"""Themes: a chain of folders, checked at the start; colours are tokens."""

import re
from pathlib import Path

import pytest

from storefront.config.environment import ROOT
from storefront.config.sheets import first_sheet
from storefront.config.themes import lineage


def theme(folder: Path, name: str, extends: str | None = None) -> None:
    (folder / name).mkdir()
    line = f'extends = "{extends}"\n' if extends else ""
    (folder / name / "theme.toml").write_text(f'name = "{name}"\n{line}', encoding="utf-8")


def test_a_child_comes_before_its_parents(tmp_path: Path) -> None:
    theme(tmp_path, "base")
    theme(tmp_path, "zila", "base")
    theme(tmp_path, "indigo", "zila")

    assert [folder.name for folder in lineage(tmp_path, "indigo")] == ["indigo", "zila", "base"]


@pytest.mark.parametrize("missing", ["nothing", "../etc"])
def test_a_missing_theme_stops_the_start(tmp_path: Path, missing: str) -> None:
    with pytest.raises(ValueError, match=r"has no theme\.toml"):
        lineage(tmp_path, missing)


def test_a_theme_that_extends_itself_stops_the_start(tmp_path: Path) -> None:
    theme(tmp_path, "a", "b")
    theme(tmp_path, "b", "a")

    with pytest.raises(ValueError, match="extends itself"):
        lineage(tmp_path, "a")


def test_the_shops_own_theme_stands_on_base() -> None:
    assert [folder.name for folder in lineage(ROOT / "themes", "zila")] == ["zila", "base"]


NAMED = r"(?:white|black|red|green|blue|grey|gray|gold|maroon|navy|silver)"
COLOUR = re.compile(
    rf"#[0-9a-fA-F]{{3,8}}\b|\b(?:rgb|hsl|lab|lch|oklab|oklch)a?\(|[ :,]{NAMED}\b(?!-)"
)
TOKENS = re.compile(r"@layer tokens \{.*?\n\}\n", re.DOTALL)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "themes/base/static/base").glob("*.css")), ids=lambda path: path.name
)
def test_a_component_never_names_a_colour(path: Path) -> None:
    rules = TOKENS.sub("", path.read_text(encoding="utf-8"))

    assert [line.strip() for line in rules.splitlines() if COLOUR.search(line)] == []


def test_every_kind_of_colour_is_found() -> None:
    named = ["color: #fff;", "1px solid rgb(0 0 0)", "background:white", "--tile:#7a1f3d"]
    unnamed = ["white-space: nowrap", "var(--blue-2)", ".black-list", "href=#main"]

    assert [bool(COLOUR.search(each)) for each in (*named, *unnamed)] == [True] * 4 + [False] * 4


def test_a_token_that_a_child_says_anew_is_said_once() -> None:
    css = str(first_sheet().css)

    assert css.count("--paper:") == 1
    assert "--paper:#faf4e8" in css, "the child's"
    assert "--radius:2px" in css, "which only the parent says"
