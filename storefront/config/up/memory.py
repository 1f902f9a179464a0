"""Which steps of the start were done before, so that the next start leaves them out."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from storefront.config.up.notes import read_notes, write_notes


class Memory:
    """A small file that keeps, for each step, the digest of what the step was done with."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._done = read_notes(file)

    def has_done(self, step: str, digest: str) -> bool:
        """Whether the step was done with just this."""
        return self._done.get(step) == digest

    def note(self, step: str, digest: str) -> None:
        """Remember that the step was done."""
        self._done[step] = digest
        write_notes(self._file, self._done)


def digest_of(files: Iterable[Path], *words: str) -> str:
    """Return one digest over the names and contents of the files, and the words."""
    total = hashlib.sha256(repr(words).encode())
    for file in sorted(files):
        total.update(f"{file}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
