"""A program's log file, read along for what a person should see at once."""

import re
from pathlib import Path

LIMIT_BYTES = 10_000_000
WORRYING = re.compile(r"\b(ERROR|CRITICAL|FATAL|panicked)\b")


class Log:
    """One log file: the program writes its end, this reads from where it last stopped."""

    def __init__(self, file: Path) -> None:
        self.file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LIMIT_BYTES:
            file.replace(file.with_suffix(".log.1"))
        self._read = file.stat().st_size if file.exists() else 0
        self._in_traceback = False

    def worrying_news(self) -> list[str]:
        """Return the new error lines, and of each traceback the line that names the error."""
        if not self.file.exists():
            return []
        with self.file.open("rb") as log:
            log.seek(self._read)
            new = log.read()
        whole = new[: new.rfind(b"\n") + 1]
        self._read += len(whole)
        return [line for line in whole.decode(errors="replace").splitlines() if self._shows(line)]

    def last_lines(self, count: int) -> list[str]:
        """Return the end of the log, for a program that died."""
        if not self.file.exists():
            return []
        return self.file.read_text(errors="replace").splitlines()[-count:]

    def _shows(self, line: str) -> bool:
        if line.startswith("Traceback (most recent call last)"):
            self._in_traceback = True
            return False
        if self._in_traceback and line and not line[0].isspace():
            self._in_traceback = False
            return True
        return not self._in_traceback and bool(WORRYING.search(line))
