"""Another theme than the one the shop was started with."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test.utils import override_settings

from storefront.config.environment import ROOT
from storefront.config.sheets import first_sheet_as_kept
from storefront.config.themes import lineage, skins

THEMES = ROOT / "themes"


@contextmanager
def wearing(theme: str) -> Iterator[None]:
    """Let the shop wear a theme for a while, with the style guide."""
    chain = lineage(THEMES, theme)
    templates = {**settings.TEMPLATES[0], "DIRS": [each / "templates" for each in chain]}
    static = [each / "static" for each in (*chain, *skins(THEMES))]
    with override_settings(
        THEME=theme,
        THEME_FOLDERS=chain,
        TEMPLATES=[templates],
        STATICFILES_DIRS=static,
        STYLEGUIDE=True,
    ):
        first_sheet_as_kept.cache_clear()
        try:
            yield
        finally:
            first_sheet_as_kept.cache_clear()
