"""The interface's words are compiled when they have changed."""

import gettext
import os
from pathlib import Path

import pytest

from storefront.config.messages import compile_messages

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "themes" / "base" / "locale" / "hi" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(f'{HEADER}msgid "Basket"\nmsgstr "टोकरी"\n')
    return file


def test_new_words_are_compiled_once(tmp_path: Path, words: Path) -> None:
    compiled = words.with_suffix(".mo")

    assert compile_messages(tmp_path) == [compiled]
    assert compile_messages(tmp_path) == []
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Basket") == "टोकरी"
    assert sorted(words.parent.iterdir()) == [compiled, words]


def test_changed_words_are_compiled_again(tmp_path: Path, words: Path) -> None:
    compile_messages(tmp_path)
    words.write_text(f'{HEADER}msgid "Basket"\nmsgstr "झोला"\n')
    later = words.stat().st_mtime + 10
    os.utime(words, (later, later))

    assert len(compile_messages(tmp_path)) == 1
