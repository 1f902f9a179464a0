"""Why stock changes, and how long a basket keeps its pieces."""

from datetime import timedelta
from enum import StrEnum

KEPT_FOR = timedelta(minutes=10)


class Reason(StrEnum):
    """Why stock changed."""

    IMPORT = "import"
    EDIT = "edit"
    HOLD = "hold"
    SALE = "sale"
    RELEASE = "release"
    SHIPPED = "shipped"
    RETURN = "return"
    DAMAGE = "damage"
