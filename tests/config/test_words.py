"""The interface in Hindi: nothing missing, nothing doubtful, and compiled as written."""

import polib
import pytest

from storefront.config.management.commands.messages import CATALOGUES, catalogue


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
    import re

    place = re.compile(r"%\((\w+)\)")
    for entry in polib.pofile(str(catalogue(folder))).translated_entries():
        for told in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(place.findall(told)) <= set(place.findall(entry.msgid + entry.msgid_plural))
