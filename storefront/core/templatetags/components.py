"""Components in templates: their HTML follows from what they are given, so it is remembered."""

from functools import lru_cache
from typing import Any

from django import template
from django.template import Context, Engine
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
# A card is some two thousand characters, the largest component thirty thousand.
MOST_REMEMBERED = 5000


@register.simple_tag(takes_context=True)
def component(context: Context, name: str, /, **words: Any) -> SafeString:
    """
    Show a component that sees nothing but these words, as `include … only` does.

    The same words in the same language are never rendered twice, so they must be all that
    the component shows: values that cannot change (text, numbers, frozen dataclasses, tuples).
    With others it is rendered each time.
    """
    assert context.template is not None, "a tag is part of a template"
    shown = (context.template.engine, name, get_language(), tuple(words.items()))
    try:
        hash(shown)
    except TypeError:
        return _rendered.__wrapped__(*shown)
    return _rendered(*shown)


@lru_cache(MOST_REMEMBERED)
def _rendered(
    engine: Engine, name: str, language: str | None, words: tuple[tuple[str, Any], ...]
) -> SafeString:
    return engine.get_template(name).render(Context(dict(words)))
