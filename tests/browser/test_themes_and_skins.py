"""Every component in every theme, skin and language: nothing bars anybody, nothing is too wide."""

import pytest

from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.town import Town
from tests.browser.wearing import wearing

THEMES = ("zila", "khadi")
SKINS = ("", "deepavali", "eid", "holi")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_style_guide_has_no_barrier(visit: NewVisitor, theme: str, language: str) -> None:
    found = []
    with wearing(theme):
        for number, skin in enumerate(SKINS):
            reader = visit((PHONE, DESKTOP)[number % 2], script=True)
            reader.go(f"/{language}/styleguide/?skin={skin}")
            reader.assert_fits()
            found += problems(reader)

    assert found == []


def test_the_plain_theme_has_no_barrier(visit: NewVisitor, town: Town) -> None:
    found = []
    product = f"shop/{town.lota.slug}-{town.lota.pk}/"
    with wearing("khadi"):
        for screen, language in ((PHONE, "hi"), (DESKTOP, "en")):
            reader = visit(screen, script=True)
            for path in ("", "shop/", product, "stories/", "districts/moradabad/", "basket/"):
                reader.go(f"/{language}/{path}")
                reader.assert_fits()
                found += problems(reader)

    assert found == []
