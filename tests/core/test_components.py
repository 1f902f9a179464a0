"""The tag that shows a component and remembers its HTML."""

from dataclasses import dataclass
from typing import Any

from django.template import Context, Engine
from django.utils import translation

from storefront.core.templatetags.choices import choices

COMPONENT = "{{ card.title }}{% load i18n %} {% translate 'Basket' %} {{ eager|default:'' }}"
PAGE = "{% load components %}{% component 'card.html' card=card eager=eager %}"


@dataclass(frozen=True)
class Choice:
    """A name to tick."""

    slug: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Card:
    """A card that counts how often it is read."""

    number: int
    reads: list[int]

    @property
    def title(self) -> str:
        self.reads.append(self.number)
        return f"Lota & {self.number}"

    def __hash__(self) -> int:
        return hash(self.number)


def engine() -> Engine:
    return Engine(
        loaders=[("django.template.loaders.locmem.Loader", {"card.html": COMPONENT, "p": PAGE})],
        libraries={
            "components": "storefront.core.templatetags.components",
            "i18n": "django.templatetags.i18n",
        },
    )


def shown(page: Engine, **words: Any) -> str:
    return page.get_template("p").render(Context({"hidden": "secret", **words}))


def test_a_component_is_rendered_once_for_the_same_words():
    page, reads = engine(), []
    first = shown(page, card=Card(7, reads))
    again = shown(page, card=Card(7, reads))

    assert first == again == "Lota &amp; 7 Basket "
    assert reads == [7]


def test_other_words_and_another_language_are_another_component():
    page, reads = engine(), []
    seven = shown(page, card=Card(7, reads))
    eight = shown(page, card=Card(8, reads), eager=True)
    with translation.override("hi"):
        hindi = shown(page, card=Card(7, reads))

    assert (seven, eight) == ("Lota &amp; 7 Basket ", "Lota &amp; 8 Basket True")
    assert hindi == "Lota &amp; 7 टोकरी "


def test_what_can_change_is_rendered_each_time():
    page, card = engine(), {"title": "Lota"}
    first = shown(page, card=card)
    card["title"] = "Lamp"

    assert (first, shown(page, card=card)) == ("Lota Basket ", "Lamp Basket ")


def test_boxes_to_tick_are_escaped_and_say_what_is_ticked():
    options = [
        Choice("brass", "Brass & bronze", 1200, is_chosen=True),
        Choice("wood", '<b title="">', 0, is_chosen=False),
    ]

    html = choices("material", options)

    assert html == (
        '<label class="choice"><input type="checkbox" name="material" value="brass" checked>'
        "Brass &amp; bronze<span>1200</span></label>"
        '<label class="choice"><input type="checkbox" name="material" value="wood">'
        "&lt;b title=&quot;&quot;&gt;<span>0</span></label>"
    )
