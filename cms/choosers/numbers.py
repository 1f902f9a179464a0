"""A thing of the shop in a page, kept as its number."""

from collections.abc import Iterator
from typing import Any

from django.db.models import BigAutoField, Model
from wagtail.blocks import ChooserBlock


class NumberChooserBlock(ChooserBlock):
    """
    Something of the shop in a page: kept, and handed on, as its number.

    Whoever shows a page asks for all its things at once, whatever blocks they stand in. A number
    that leads nowhere any more is theirs to leave out.
    """

    def to_python(self, value: Any) -> int | None:
        """Return the number; takes the thing too, and what `get_api_representation` gave."""
        return number_of(value)

    normalize = value_from_form = to_python

    def bulk_to_python(self, values: list[Any]) -> list[int | None]:
        """Return the numbers; nothing is read."""
        return [number_of(value) for value in values]

    def get_prep_value(self, value: int | None) -> int | None:
        """Return what is kept."""
        return value

    def clean(self, value: int | None) -> int | None:
        """Return the number; what is published must be there, a draft may wait for it."""
        if self.is_deferred_validation:
            return value
        number: int | None = super().clean(value)
        return number

    def extract_references(self, value: int | None) -> Iterator[tuple[type[Model], str, str, str]]:
        """Tell Wagtail what the page uses."""
        if value:
            yield self.model_class, str(value), "", ""

    def get_api_representation(self, value: int | None, context: Any = None) -> Any:
        """Return the number as an object, or nothing."""
        return {"id": value} if value else None

    def get_translatable_segments(self, value: int | None) -> list[Any]:
        """Return nothing: a thing of the shop is the same in all languages."""
        return []

    def restore_translated_segments(self, value: int | None, segments: list[Any]) -> int | None:
        """Return the same thing, whatever an older translation kept of it."""
        return value

    def render_basic(self, value: int | None, context: Any = None) -> str:
        """Return the thing's name, for the comparison of two versions of a page."""
        found = self.model_class.objects.filter(pk=value).first()
        return str(found) if found else ""


def number_of(value: Any) -> int | None:
    """Return the number of a thing, or nothing if there can be none of that number."""
    if isinstance(value, dict):
        value = value.get("id")
    value = getattr(value, "pk", value)
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if 0 < number <= BigAutoField.MAX_BIGINT else None
