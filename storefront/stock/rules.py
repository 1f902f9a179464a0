"""Why stock changes."""

from enum import StrEnum


class Reason(StrEnum):
    """Why stock changed."""

    IMPORT = "import"
    EDIT = "edit"
    SALE = "sale"
    RELEASE = "release"
    SHIPPED = "shipped"
    RETURN = "return"
    DAMAGE = "damage"
