"""No thumbnails: neither of the two libraries Oscar would make them with is part of it."""

from typing import Any

from oscar.core.thumbnails import AbstractThumbnailer


class Untouched(AbstractThumbnailer):
    """Show the picture as it is, which costs next to nothing."""

    def generate_thumbnail(self, source: Any, **options: Any) -> Any:
        """Return the picture itself."""
        return source

    def delete_thumbnails(self, source: Any) -> None:
        """Do nothing: there are none."""
