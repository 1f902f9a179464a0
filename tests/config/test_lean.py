"""Pages travel without the space that only authors of templates need, and look the same."""

import pytest
from django.template import engines
from django.template.loader import get_template

from storefront.config.lean import lean


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("<ul>\n    <li>a</li>\n\n  </ul>\n", "<ul>\n<li>a</li>\n</ul>\n"),
        ("{# A list #}\n{% load i18n %}\n<ul>", "{# A list #}{% load i18n %}<ul>"),
        (
            "<b>a</b>\n{% if x %}\n  <b>b</b>\n{% endif %}\n<b>c</b>",
            "<b>a</b>\n{% if x %}<b>b</b>\n{% endif %}<b>c</b>",
        ),
        ('{% translate "A" %}\n{% translate "B" %}', '{% translate "A" %}\n{% translate "B" %}'),
        ("{% if x %}one{% endif %}\n  two", "{% if x %}one{% endif %}\ntwo"),
        (
            "<p>\n  {% blocktranslate %}two\n    lines{% endblocktranslate %}\n</p>",
            "<p>\n{% blocktranslate %}two\n    lines{% endblocktranslate %}\n</p>",
        ),
        ("<pre>\n  a\n\n  b\n</pre>", "<pre>\n  a\n\n  b\n</pre>"),
        ("<textarea>\n\n a</textarea>", "<textarea>\n\n a</textarea>"),
    ],
)
def test_space_between_words_stays_and_other_space_goes(text: str, shorter: str) -> None:
    assert lean(text) == shorter
    for x in (True, False):
        usual, short = (
            engines["django"].from_string("{% load i18n %}" + each).render({"x": x})
            for each in (text, lean(text))
        )
        assert usual.split() == short.split()


def test_a_themes_page_is_read_so_and_a_letter_is_not() -> None:
    page = get_template("components/product_card.html").template.source
    letter = get_template("emails/order_confirmed.txt").template.source

    assert "\n " not in page
    assert "\n\n" in letter
