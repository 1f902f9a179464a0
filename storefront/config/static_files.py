"""Style sheets, scripts and fonts: each under a name that changes with it, and compressed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's files; on one's own machine the start waits for no library to be compressed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[tuple[str, str], str] = {}

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 -- Django's own words
        """Return where a file is served; each page asks for some, and they hardly ever change."""
        stored = self.hashed_files.get(name or "", "")
        if force or not stored or settings.DEBUG:
            return str(super().url(name, force))
        kept = self._addresses.get((stored, self.base_url))
        if kept is None:
            kept = self._addresses[stored, self.base_url] = str(super().url(name))
        return kept

    def stored_name(self, name: str) -> str:
        """Return the hashed name; on one's own machine the plain one if nothing is collected."""
        if settings.WHITENOISE_USE_FINDERS and not self.hashed_files:
            return name
        return str(super().stored_name(name))

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress the files: of the editors' and the staff's libraries it takes a minute."""
        if settings.WHITENOISE_USE_FINDERS:
            ours = {each.name for folder in settings.STATICFILES_DIRS for each in folder.iterdir()}
            paths = {path for path in paths if Path(path).parts[0] in ours}
        yield from super().compress_files(paths)
