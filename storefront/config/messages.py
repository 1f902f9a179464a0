"""The interface's words: compiles .po files for Django, without gettext's system package."""

import os
from pathlib import Path

import polib

from storefront.config.environment import ROOT

FOLDERS = ("storefront", "cms", "themes", "fixtures")


def compile_messages(root: Path = ROOT) -> list[Path]:
    """Compile each .po file that is newer than its .mo file, and return the .mo files made."""
    found = [file for folder in FOLDERS for file in (root / folder).glob("**/LC_MESSAGES/*.po")]
    return [_compile(file) for file in found if _is_stale(file)]


def _is_stale(words: Path) -> bool:
    compiled = words.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < words.stat().st_mtime


def _compile(words: Path) -> Path:
    compiled = words.with_suffix(".mo")
    fresh = words.with_suffix(f".{os.getpid()}.mo")  # tests in parallel compile at the same time
    polib.pofile(str(words)).save_as_mofile(str(fresh))
    return fresh.replace(compiled)


if __name__ == "__main__":
    for made in compile_messages():
        print(made.relative_to(ROOT))  # noqa: T201
