"""Every word that people read goes through the catalogue, and the catalogue knows it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from storefront.config.management.commands.messages import CATALOGUES, LIBRARIES, catalogue

ROOT = Path(settings.BASE_DIR)
OURS = [folder for folder in CATALOGUES if folder != LIBRARIES]
MARKS = {
    *("gettext", "gettext_lazy", "gettext_noop", "_"),
    *("ngettext", "ngettext_lazy", "npgettext", "pgettext", "pgettext_lazy"),
}
QUOTED = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
MARKED = re.compile(rf"\b(?:n?gettext|_)\(\s*u?{QUOTED}")
# What a template does not say itself: comments, code, and what goes through the catalogue.
SILENT = re.compile(
    r"{#.*?#}|{% comment.*?endcomment %}|{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}"
    r"|<(?:script|style|svg)\b.*?</(?:script|style|svg)>|{%.*?%}|{{.*?}}|<!--.*?-->",
    re.DOTALL,
)
READ_OUT = re.compile(r"\b(?:alt|aria-label|placeholder|title)=\"([^\"]*)\"")
TAG = re.compile(r"<[^>]*>|&\w+;|/[\w-]+/", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}|[\u0900-\u097f]{2,}")
# Names and abbreviations, the same in both languages.
NAMES = {"Zila", "ज़िला", "GSTIN", "HSN", "PIN", "GST", "UTR", "TCS", "TDS", "UPI", "English", "cm"}
# Arguments of forms that people read.
READ = {"label", "help_text", "empty_label", "success_message"}


def templates() -> list[Path]:
    """
    Return our templates, but for two kinds.

    Oscar's dashboard brings its own words. The page for when all is broken says everything twice,
    because then no catalogue can be read.
    """
    found = [
        file
        for top in ("storefront", "cms", "themes")
        for kind in ("*.html", "*.txt")
        for file in (ROOT / top).rglob(kind)
        if "templates" in file.parts and "oscar" not in file.parts and file.name != "500.html"
    ]
    return sorted(found)


def modules(folder: str) -> list[Path]:
    """Return the Python files of a part of the project."""
    return sorted(each for each in (ROOT / folder).rglob("*.py") if "migrations" not in str(each))


def said_in_python(file: Path) -> Iterator[str]:
    """Yield what a module marks for translation."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[1 if name in {"pgettext", "pgettext_lazy"} else 0]
        if name in MARKS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def said_in_template(file: Path) -> list[str]:
    """Return what a template marks for translation, as Django's own collector reads it."""
    code = templatize(file.read_text(encoding="utf-8"), origin=str(file))
    return [ast.literal_eval(quoted) for quoted in MARKED.findall(code)]


def unmarked(text: str) -> list[str]:
    """Return the words that a template says without the catalogue."""
    loud = SILENT.sub(" ", text)
    read_out = " ".join(READ_OUT.findall(loud))
    words = WORD.findall(TAG.sub(" ", loud) + " " + read_out)
    return [word for word in words if word not in NAMES]


def bare(file: Path) -> Iterator[str]:
    """Yield literals that a module shows to people unmarked: messages, labels, refused forms."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        shown: list[ast.expr] = [each.value for each in node.keywords if each.arg in READ]
        match node.func:
            case ast.Attribute(value=ast.Name(id="messages")):
                shown += node.args[1:2]
            case ast.Name(id="ValidationError"):
                shown += node.args[:1]
        for each in shown:
            if isinstance(each, ast.Constant) and WORD.search(str(each.value or "")):
                yield f"{file.relative_to(ROOT)}:{each.lineno}: {each.value}"


@pytest.mark.parametrize("folder", OURS)
def test_the_catalogue_knows_every_marked_word(folder: str) -> None:
    known = {entry.msgid for entry in polib.pofile(str(catalogue(folder))) if not entry.obsolete}
    inside = [file for file in templates() if file.is_relative_to(ROOT / folder)]

    said = {words for file in modules(folder) for words in said_in_python(file)}
    said |= {words for file in inside for words in said_in_template(file)}

    assert said - known == set(), "run `make messages`, then write the Hindi"
    assert known - said - {""} == set(), "nobody says this any more: run `make messages`"


def test_templates_say_nothing_that_is_not_marked() -> None:
    found = {
        str(file.relative_to(ROOT)): words
        for file in templates()
        if (words := unmarked(file.read_text(encoding="utf-8")))
    }

    assert found == {}


def test_forms_and_messages_say_nothing_that_is_not_marked() -> None:
    found = [
        words
        for folder in ("storefront", "cms")
        for file in modules(folder)
        for words in bare(file)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Add to basket</p>", ["Add", "to", "basket"]),
        ('<img alt="A lota">', ["lota"]),
        ("<p>टोकरी</p>", ["टोकरी"]),
        ('{% translate "Basket" %} · {{ total }} {# a note #}', []),
        ("{% blocktranslate %}Order {{ number }}{% endblocktranslate %}", []),
        ('<a class="button" href="/x/">{{ text }}</a>', []),
    ],
)
def test_unmarked_words_are_found_and_nothing_else(text: str, words: list[str]) -> None:
    assert unmarked(text) == words
