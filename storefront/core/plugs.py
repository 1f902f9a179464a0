"""Load the plug-ins that settings name."""

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


def plugs(setting: str) -> list[Any]:
    """Return the classes or functions whose dotted paths the setting lists, in its order."""
    return [_load(path) for path in getattr(settings, setting)]
