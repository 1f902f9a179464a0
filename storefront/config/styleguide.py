"""Every component in every state, from the samples beside it: for whoever makes a theme."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from storefront.config.themes import lineage, manifest
from storefront.core.words import is_hindi_wanted

THEMES = settings.BASE_DIR / "themes"
COMPONENTS = Path("templates") / "components"
# In a sample: what the state is called; a picture of ours; HTML that Django would have made.
STATE, PICTURES, HTML = "_state", "/sample/", "as_widget"
_NAMES = re.compile(r'(?<![\w-])(id|for|aria-(?:describedby|labelledby|controls))="([^"]+)"')
_LINKS = re.compile(r'href="#([^"]+)"')


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component in one state."""

    state: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Component:
    """A component in all its states."""

    name: str
    specimens: tuple[Specimen, ...]


def styleguide(request: HttpRequest) -> HttpResponse:
    """
    Show all components in the theme and language of the shop, in the skin the address names.

    Raises:
        Http404: this is not the maker's own machine, or there is no such skin.
    """
    skin = request.GET.get("skin", "")
    if not settings.STYLEGUIDE or skin not in {"", *settings.SKINS}:
        raise Http404
    shown = {
        "components": [component(name) for name in names()],
        "theme": manifest(THEMES / settings.THEME),
        "skin": skin,
        "skins": ["", *settings.SKINS],
    }
    return render(request, "pages/styleguide.html", shown)


def names() -> list[str]:
    """Return what the components of the theme and its parents are called."""
    return sorted({file.stem for folder in _folders() for file in folder.glob("*.html")})


def component(name: str) -> Component:
    """Return a component in each state that its samples tell of."""
    template = get_template(f"components/{name}.html")
    found = []
    for number, sample in enumerate(samples(name)):
        state = sample.pop(STATE, "")
        html = template.render({"csrf_token": "sample", **sample})
        found.append(Specimen(state, _of_its_own(html, f"-{name}-{number}")))
    return Component(name, tuple(found))


def samples(name: str) -> Iterator[dict[str, Any]]:
    """
    Yield the parameters of a component, a state at a time, in the language of the moment.

    Only the first sample is whole: the others tell how they differ from it.

    Raises:
        FileNotFoundError: nobody has written a sample.
    """
    found = [folder / f"{name}.yaml" for folder in _folders()]
    file = next((each for each in found if each.is_file()), found[-1])
    first: dict[str, Any] = {}
    for read in yaml.safe_load_all(file.read_text(encoding="utf-8")):
        whole = _joined(first, read or {})
        first = first or {key: value for key, value in whole.items() if key != STATE}
        yield {key: _ready(value, key) for key, value in whole.items()}


def _folders() -> list[Path]:
    return [theme / COMPONENTS for theme in lineage(THEMES, settings.THEME)]


def _joined(first: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the first with what the other says instead, inside tables too."""
    both = {**first, **other}
    for key in first.keys() & other.keys():
        if isinstance(first[key], dict) and isinstance(other[key], dict):
            both[key] = _joined(first[key], other[key])
    return both


class _Thing(dict[str, Any]):
    """What a component is given: a table here, an object on the page; it answers as both."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def _ready(value: Any, key: str = "") -> Any:
    """Return a value as a template gets it: with our pictures, in the reader's language."""
    if isinstance(value, dict):
        return _Thing({name: _ready(inner, name) for name, inner in value.items()})
    if isinstance(value, list):
        return [_ready(inner) for inner in value]
    if not isinstance(value, str):
        return value
    if key == HTML:
        return mark_safe(value)  # noqa: S308 -- written in our own sample
    if key != STATE and is_hindi_wanted():
        value = _hindi().get(value, value)
    return value.replace(PICTURES, static("base/samples/"))


@cache
def _hindi() -> dict[str, str]:
    """Return the Hindi of what the samples say, where somebody wrote it."""
    file = THEMES / "base" / COMPONENTS / "hindi.yml"
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


def _of_its_own(html: str, end: str) -> SafeString:
    """Give names within a specimen an end of its own: many of them stand on one page."""

    def renamed(found: re.Match[str]) -> str:
        return f'{found[1]}="{" ".join(f"{word}{end}" for word in found[2].split())}"'

    if html.lstrip().startswith("<li"):
        html = f'<ul class="lines">{html}</ul>'
    html = _LINKS.sub(lambda found: f'href="#{found[1]}{end}"', _NAMES.sub(renamed, html))
    return mark_safe(html)  # noqa: S308 -- our own template, and rendered by Django
