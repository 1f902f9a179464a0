"""Every component in every theme, skin and language: nothing bars anybody, nothing is too wide."""

import pytest

from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.wearing import wearing

THEMES = ("zila", "khadi")
SKINS = ("deepavali", "eid", "holi")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_no_component_is_a_barrier_in_the_clothes_of_a_festival(
    visit: NewVisitor, theme: str, language: str
) -> None:
    found = []
    with wearing(theme):
        for number, skin in enumerate(SKINS):
            reader = visit((PHONE, DESKTOP)[number % 2], script=True)
            reader.go(f"/{language}/styleguide/?skin={skin}")
            reader.assert_fits()
            found += problems(reader)

    assert found == []
