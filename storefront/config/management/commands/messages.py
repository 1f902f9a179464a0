"""Collect the interface's words and compile the Hindi ones."""

import os
from contextlib import chdir
from pathlib import Path
from typing import Any

import oscar
import polib
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from storefront.config.environment import ROOT

AMERICAN = "locale/en_US/LC_MESSAGES/django.po"
ENGLISH = ROOT / "storefront" / "locale" / "en" / "LC_MESSAGES" / "django.po"
NEVER_THE_SAME = ("POT-Creation-Date", "Report-Msgid-Bugs-To")
# What Django and allauth say: written by hand, because they have no good Hindi of their own.
LIBRARIES = "storefront/config/libraries"
CATALOGUES = ("storefront", "cms", "themes/base", LIBRARIES)


def catalogue(folder: str) -> Path:
    """Return the Hindi catalogue of a part of the project."""
    return ROOT / folder / "locale" / "hi" / "LC_MESSAGES" / "django.po"


def keep_our_english() -> None:
    """
    Write the English catalogue: our own words where Oscar's American one has others.

    gettext reads en_US for en, and there a basket is a cart.
    """
    american = polib.pofile(os.fspath(Path(oscar.__file__).parent / AMERICAN))
    others = {each.msgid for each in american.translated_entries() if each.msgstr != each.msgid}
    catalogues = [polib.pofile(os.fspath(catalogue(folder))) for folder in CATALOGUES]
    ours = {entry.msgid for entries in catalogues for entry in entries}
    english = polib.POFile()
    english.metadata = {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}
    english.extend(polib.POEntry(msgid=word, msgstr=word) for word in sorted(ours & others))
    file = ENGLISH
    file.parent.mkdir(parents=True, exist_ok=True)
    english.save(os.fspath(file))
    english.save_as_mofile(os.fspath(file.with_suffix(".mo")))


class Command(BaseCommand):
    """Collect with GNU gettext (a Debian package), compile without."""

    help = "Collect the words to translate (needs gettext) and compile the catalogues."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --compile."""
        parser.add_argument("--compile", action="store_true", help="only compile")

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect, compile, and say what is still missing."""
        for folder in CATALOGUES:
            file = catalogue(folder)
            if folder != LIBRARIES and not options["compile"]:
                file.parent.mkdir(parents=True, exist_ok=True)
                with chdir(ROOT / folder):
                    # Oscar's dashboard brings its own words.
                    call_command(
                        "makemessages",
                        locale=["hi"],
                        no_location=True,
                        verbosity=0,
                        ignore_patterns=["templates/oscar/*"],
                    )
            words = polib.pofile(os.fspath(file))
            # The moment and the line breaks of gettext would differ in every change.
            for name in NEVER_THE_SAME:
                words.metadata.pop(name, None)
            words.save()
            words.save_as_mofile(os.fspath(file.with_suffix(".mo")))
            missing = [*words.untranslated_entries(), *words.fuzzy_entries()]
            self.stdout.write(f"{folder}: {len(words)} words, {len(missing)} without Hindi")
        keep_our_english()
