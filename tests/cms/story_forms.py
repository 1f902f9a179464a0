"""What the browser sends for a story."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from cms.pages.stories import StoryIndexPage, StoryPage
from storefront.catalogue.models import Product
from storefront.consent.models import Person
from tests.factories.catalogue import make_district

STORY = ("cms", "storypage")


def stories_page(language: str = "en") -> StoryIndexPage:
    """Return the list of all stories."""
    return StoryIndexPage.objects.get(locale__language_code=language)


def adding(language: str = "en") -> str:
    """Return the address of the form for a new story."""
    return reverse("wagtailadmin_pages:add", args=[*STORY, stories_page(language).pk])


def editing(story: StoryPage) -> str:
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def form(
    *products: Product,
    title: str = "A lota is born",
    people: Sequence[Person] = (),
    **changes: Any,
) -> dict[str, Any]:
    """Return a story with a chapter, a paragraph, these products and these people."""
    content = {
        "title": title,
        "slug": "a-lota-is-born",
        "lead": "How a lota is cast.",
        "district": make_district().pk,
        "craft": "",
        "cover": "",
        "occasion": "none",
        "read_minutes": 3,
        "seo_title": "",
        "search_description": "",
        "body": body(*products),
        "people": inline_formset([{"person": person.pk} for person in people]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    return nested_form_data(content | changes)


def body(*products: Product) -> dict[str, Any]:
    """Return a chapter, a paragraph and these products as the form's blocks."""
    chosen = {"title": "From this workshop", "products": items([each.pk for each in products])}
    return streamfield(
        [
            ("chapter", "The mould"),
            ("paragraph", rich_text("<p>Damp sand.</p>")),
            ("products", chosen),
        ]
    )


def items(values: list[Any]) -> dict[str, Any]:
    """Return the items of a list block."""
    sent: dict[str, Any] = {"count": len(values)}
    for number, value in enumerate(values):
        sent[str(number)] = {"id": "", "deleted": "", "order": str(number), "value": value}
    return sent
