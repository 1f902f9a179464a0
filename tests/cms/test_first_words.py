"""What a new site says before an editor has written anything."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from cms.planting import WORDS

HOME = Path(settings.BASE_DIR) / "themes" / "base" / "templates" / "pages" / "home.html"
# Which ways there are is written by staff, changes by the day, and depends on the order.
SURE_OF_A_WAY = re.compile(r"\bcards?\b|\bcash\b|\bcourier|कार्ड|नक़द|कूरियर", re.IGNORECASE)


@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_home_page_promises_no_way_to_pay(language: str) -> None:
    words = re.findall(r'{% translate "([^"]+)" %}', HOME.read_text(encoding="utf-8"))
    with translation.override(language):
        told = [gettext(each) for each in words]

    assert [each for each in told if SURE_OF_A_WAY.search(each)] == []


@pytest.mark.parametrize(
    ("language", "heading", "offered"),
    [("en", "Paying", "where it is offered"), ("hi", "भुगतान", "जहाँ यह सुविधा हो")],
)
def test_the_help_page_names_cash_only_where_it_is_offered(
    language: str, heading: str, offered: str
) -> None:
    parts = WORDS["help"][language]["parts"]
    text = next(part["text"] for part in parts if part["heading"] == heading)

    assert offered in text
