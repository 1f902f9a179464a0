"""Oscar's seam: its dashboard shows pictures from the image library."""

from typing import Any

from oscar.core.thumbnails import AbstractThumbnailer


class LibraryThumbnailer(AbstractThumbnailer):
    """Make Oscar's thumbnails as renditions of the library's pictures."""

    def generate_thumbnail(self, source: Any, **options: Any) -> Any:
        """Return a small rendition of the picture behind a product image's file."""
        size = str(options.get("size") or "200x200")
        width, _, height = size.partition("x")
        spec = f"max-{width or 200}x{height or width or 200}|format-webp"
        image = getattr(getattr(source, "instance", None), "image", None)
        return image.get_rendition(spec) if image else source

    def delete_thumbnails(self, source: Any) -> None:
        """Do nothing: the library looks after its renditions."""
