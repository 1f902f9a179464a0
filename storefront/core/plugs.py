"""Load the plug-in that a setting names."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def _load(path: str) -> Any:
    return import_string(path)


def plug(setting: str) -> Any:
    """Return the class or function whose dotted path the setting holds."""
    return _load(getattr(settings, setting))
