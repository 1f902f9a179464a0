"""Signs of life."""

from datetime import datetime

from storefront.core.models import Heartbeat


def beat(name: str, *, now: datetime) -> None:
    """Note that a background process works."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
