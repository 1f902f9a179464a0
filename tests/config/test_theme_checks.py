"""What can be wrong with a theme is found, each mistake by itself."""

from pathlib import Path

import pytest

from storefront.config.environment import ROOT
from storefront.config.theme_checks.contrast import contrast, has_dark, tokens
from storefront.config.theme_checks.problems import problems
from storefront.config.themes import skins

TOKENS = (ROOT / "themes/base/static/base/main.css").read_text(encoding="utf-8")
BASE = 'name = "base"\nversion = "1"\nkind = "theme"\n'
HOLI = 'name = "holi"\nversion = "1"\nkind = "skin"\n[budget]\ncss_bytes = 200\n'
PINK = '@layer skin {\n  [data-skin="holi"] { --accent: #b00f58; }\n}\n'


def write(folder: Path, **files: str) -> None:
    """Write files; `__` in a name stands for a slash, `_DOT_` for a full stop."""
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_DOT_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


@pytest.fixture
def themes(tmp_path: Path) -> Path:
    """A theme and a skin in order."""
    write(
        tmp_path,
        base__theme_DOT_toml=BASE,
        base__static__base__main_DOT_css=TOKENS,
        base__templates__base_DOT_html="{% static 'base/main.css' %}",
        holi__theme_DOT_toml=HOLI,
        holi__static__skins__holi__skin_DOT_css=PINK,
    )
    return tmp_path


def test_our_own_themes_are_in_order() -> None:
    assert list(problems(ROOT / "themes")) == []
    assert [skin.name for skin in skins(ROOT / "themes")] == ["deepavali", "eid", "holi"]


def test_a_theme_and_a_skin_in_order_are_let_through(themes: Path) -> None:
    assert list(problems(themes)) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (f'{BASE}colour = "red"\n', "nothing reads these keys of theme.toml: colour"),
        (f"{BASE}[budget]\nbytes = 1\n", "nothing reads these keys of theme.toml: budget.bytes"),
        (f'{BASE}extends = "gone"\n', "is not in themes/: gone has no theme.toml"),
        (f'{BASE}extends = "base"\n', "base extends itself through base"),
        (
            f'{BASE}extends = "holi"\n',
            "must be a theme: holi is a skin, which editors put on by date",
        ),
        (BASE.replace("base", "bass"), "its name must be that of its folder, base"),
        (BASE.replace("theme", "coat"), 'its kind must be "theme" or "skin"'),
        (BASE.replace('version = "1"\n', ""), "it has no version"),
        (f"{BASE}[budget]\ncss_brotli_bytes = 9\n", "budget.css_brotli_bytes is 9"),
        ("name = ", "theme.toml cannot be read"),
    ],
)
def test_what_a_theme_says_of_itself_is_read(themes: Path, said: str, found: str) -> None:
    write(themes, base__theme_DOT_toml=said)

    [problem] = problems(themes)

    assert problem.startswith(f"base: {found}")


def test_two_themes_that_extend_each_other_are_found(themes: Path) -> None:
    write(
        themes,
        base__theme_DOT_toml=f'{BASE}extends = "other"\n',
        other__theme_DOT_toml=BASE.replace("base", "other") + 'extends = "base"\n',
    )

    assert list(problems(themes)) == [
        "base: base extends itself through base",
        "other: other extends itself through other",
    ]


def test_fonts_need_a_licence_and_stay_in_their_budget(themes: Path) -> None:
    write(
        themes,
        base__theme_DOT_toml=f"{BASE}[budget]\nfont_hindi_bytes = 1\nfont_english_bytes = 1\n",
        base__static__base__round_DOT_woff2="12",
        base__static__base__round__hindi_DOT_woff2="12",
    )

    assert list(problems(themes)) == [
        "base: it has fonts, and fonts.licence names no file",
        "base: budget.font_hindi_bytes is 1, and its files have 2",
        "base: budget.font_english_bytes is 1, and its files have 2",
    ]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (
            {"holi__templates__base_DOT_html": "<p>"},
            "a skin has only theme.toml and static/, and no templates",
        ),
        (
            {"holi__static__skins__holi__skin_DOT_css": "body { color: red }"},
            "skin.css must stand in @layer skin",
        ),
        (
            {"holi__static__skins__holi__skin_DOT_css": PINK + " " * 200},
            f"skin.css has {len(PINK) + 200} bytes, budget.css_bytes is 200",
        ),
        (
            {"holi__static__skins__holi__skin_DOT_css": PINK.replace("#b00f58", 'url("a.svg")')},
            "static/skins/holi/skin.css names a.svg, which is nowhere",
        ),
        (
            {"holi__theme_DOT_toml": HOLI.replace("holi", "eid")},
            "its name must be that of its folder, holi",
        ),
    ],
)
def test_a_skin_only_colours_and_stays_small(
    themes: Path, files: dict[str, str], found: str
) -> None:
    write(themes, **files)

    assert f"holi: {found}" in list(problems(themes))


def test_a_skin_without_a_sheet_is_found(themes: Path) -> None:
    (themes / "holi/static/skins/holi/skin.css").unlink()

    assert list(problems(themes)) == ["holi: there is no static/skins/holi/skin.css"]


def test_colours_too_alike_are_found_in_every_theme_and_skin(themes: Path) -> None:
    write(
        themes,
        pale__theme_DOT_toml=BASE.replace("base", "pale") + 'extends = "base"\n',
        pale__static__pale__tokens_DOT_css=":root { --field: #ccc; --label: #999; }",
        holi__static__skins__holi__skin_DOT_css=PINK.replace("#b00f58", "#f06090"),
    )

    found = list(problems(themes))

    assert "pale: by itself: --label on --paper has a contrast of 2.85 and needs 4.5" in found
    assert "pale: in holi: --field on --card has a contrast of 1.61 and needs 3.0" in found
    assert "base: in holi: --on-accent on --accent has a contrast of 3.10 and needs 4.5" in found


def test_the_dark_is_looked_at_too(themes: Path) -> None:
    dark = "@media (prefers-color-scheme: dark) { :root { --paper: #111; } }"
    write(themes, base__static__base__night_DOT_css=dark)

    found = list(problems(themes))

    assert any(line.startswith("base: by itself, in the dark: --ink on --paper") for line in found)
    assert not any(line.startswith("base: by itself: ") for line in found)


def test_a_colour_that_cannot_be_read_is_told(themes: Path) -> None:
    write(themes, base__static__base__more_DOT_css=":root { --bad: tomato; }")

    assert "base: by itself: --bad or --paper is no colour like #7a1f2b" in list(problems(themes))


def test_names_of_files_that_are_nowhere_are_found(themes: Path) -> None:
    write(
        themes,
        base__templates__pages__home_DOT_html="""
            {% static "base/gone.css" %} {% static 'oscar/css/dashboard.css' %}
            {% static 'skins/'|add:skin %}""",
        base__static__base__more_DOT_css="""
            a { background: url("../base/main.css"), url(data:image/png,x), url('gone.svg') }""",
    )

    assert list(problems(themes)) == [
        "base: templates/pages/home.html names base/gone.css, which is nowhere",
        "base: static/base/more.css names gone.svg, which is nowhere",
    ]


def test_tokens_stand_for_others_and_the_last_one_counts() -> None:
    css = (
        "/* --a: #000 */ :root { --a: #fff; --b: var(--a); } .x { --a: #123; } :root { --a: #eee }"
    )

    assert tokens(css) == {"a": "#eee", "b": "var(--a)"}
    assert not has_dark(css)


@pytest.mark.parametrize(
    ("pair", "reached"),
    [(("#000", "#fff"), 21), (("#777777", "#ffffff"), 4.48), (("#abc", "#abc"), 1)],
)
def test_contrast_is_wcags(pair: tuple[str, str], reached: float) -> None:
    assert contrast(*pair) == pytest.approx(reached, abs=0.005)
