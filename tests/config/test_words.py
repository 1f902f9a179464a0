"""The interface in Hindi: nothing missing, nothing doubtful, and compiled as written."""

import re
from datetime import date
from pathlib import Path

import allauth
import polib
import pytest
from django.utils import translation
from django.utils.formats import date_format

from storefront.config.management.commands.messages import CATALOGUES, LIBRARIES, catalogue

SITE = Path(allauth.__file__).parents[1]
OWN_TEMPLATES = Path(__file__).resolve().parents[2] / "themes" / "base" / "templates"
PLACES = ("account/", "mfa/", "templates/account/", "templates/mfa/")
NEVER_SEEN = re.compile(r"/(admin|apps|models)\.py|webauthn|phone|passkey|_code\.html|trust\.html")
# What allauth can do and we do not use: other names to sign in with, keys, codes by mail.
NOT_USED = re.compile(
    r"username|phone|passkey|security key|(Master|Backup) key|Key nr|sign-in code|code is listed"
    r"|Reset Code|optional|Email \(again\)|address confirmation|same email|Manage|be shown again",
    re.IGNORECASE,
)


@pytest.mark.parametrize("folder", CATALOGUES)
def test_every_word_has_its_hindi(folder: str) -> None:
    words = polib.pofile(str(catalogue(folder)))

    missing = [entry.msgid for entry in (*words.untranslated_entries(), *words.fuzzy_entries())]

    assert missing == []


@pytest.mark.parametrize("folder", CATALOGUES)
def test_the_compiled_catalogue_is_the_written_one(folder: str) -> None:
    words = polib.pofile(str(catalogue(folder)))
    compiled = polib.mofile(str(catalogue(folder).with_suffix(".mo")))

    def as_pairs(entries: list[polib.POEntry] | list[polib.MOEntry]) -> set[tuple[str, str]]:
        return {(e.msgid, e.msgstr or str(sorted(e.msgstr_plural.items()))) for e in entries}

    assert as_pairs(compiled) == as_pairs(words.translated_entries())


def test_a_basket_is_not_a_cart() -> None:
    from django.utils.translation import gettext, override

    with override("en"):
        assert gettext("Basket") == "Basket"
        assert gettext("Add to basket") == "Add to basket"


@pytest.mark.parametrize("folder", CATALOGUES)
def test_named_places_are_the_same_in_hindi(folder: str) -> None:
    place = re.compile(r"%\((\w+)\)")
    for entry in polib.pofile(str(catalogue(folder))).translated_entries():
        for told in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(place.findall(told)) <= set(place.findall(entry.msgid + entry.msgid_plural))


def sentences(library: str) -> dict[str, set[str]]:
    """Return what a library says, and in which of its files."""
    known = polib.pofile(str(SITE / library))
    return {each.msgid: {file for file, _ in each.occurrences} for each in known}


def is_met(file: str) -> bool:
    """Say whether the file is one of allauth's account pages and none of ours stands before it."""
    if NEVER_SEEN.search(file) or not file.startswith(PLACES):
        return False
    return not (OWN_TEMPLATES / file.removeprefix("templates/")).exists()


def test_what_allauth_says_on_the_account_pages_has_its_hindi() -> None:
    ours = {entry.msgid for folder in CATALOGUES for entry in polib.pofile(str(catalogue(folder)))}
    said = sentences("allauth/locale/de/LC_MESSAGES/django.po")

    met = {words for words, files in said.items() if any(map(is_met, files))}

    assert {words for words in met - ours if not NOT_USED.search(words)} == set()


def test_hindi_is_written_for_nothing_that_no_library_says() -> None:
    ours = {entry.msgid for entry in polib.pofile(str(catalogue(LIBRARIES)))}
    said = {
        *sentences("allauth/locale/de/LC_MESSAGES/django.po"),
        *sentences("django/contrib/auth/locale/en/LC_MESSAGES/django.po"),
        *sentences("django/conf/locale/en/LC_MESSAGES/django.po"),
        *sentences("wagtail/admin/locale/en/LC_MESSAGES/django.po"),
        *sentences("wagtail/images/locale/en/LC_MESSAGES/django.po"),
        *sentences("oscar/locale/en/LC_MESSAGES/django.po"),
    }

    assert ours - said == set()


@pytest.mark.parametrize(("month", "word"), [(9, "सितंबर"), (11, "नवंबर"), (12, "दिसंबर")])
def test_months_are_spelt_as_people_spell_them(month: int, word: str) -> None:
    with translation.override("hi"):
        assert date_format(date(2026, month, 1), "j F") == f"1 {word}"
