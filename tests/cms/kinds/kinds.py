"""Every kind of page: where it may stand, what it holds, and what the browser sends of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from cms.pages.base import BasePage
from cms.pages.collection import CollectionIndexPage, CollectionPage
from cms.pages.crafts import CraftIndexPage, CraftPage
from cms.pages.districts import DistrictIndexPage, DistrictPage
from cms.pages.home import HomePage
from cms.pages.makers import ArtisanIndexPage, ArtisanPage
from cms.pages.standard import StandardPage
from cms.pages.stories import Occasion, StoryIndexPage, StoryPage
from cms.planting import shared_key
from storefront.catalogue.models import Artisan, Product
from tests.cms import story_forms
from tests.factories.catalogue import make_artisan, make_craft, make_district, make_product

PUBLISH = {"action-publish": "publish"}
SLUG = "of-this-kind"
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of page.

    `sent` are the fields of its form, `kept` those of its row, with some words; title and slug
    come besides. Where it `is_one`, the one in each language is there from the beginning.
    """

    model: type[BasePage]
    parent: type[Page]
    sent: Callable[[], Values]
    kept: Callable[[str], Values]
    children: tuple[type[Page], ...] = ()
    is_one: bool = False

    def __str__(self) -> str:
        """Name it in a test's report."""
        return self.model.__name__

    def place(self, language: str) -> Page:
        """Return the page below which it stands in a language."""
        if self.parent is Page:
            return Page.get_first_root_node()
        return self.parent.objects.get(locale__language_code=language)

    def adding(self, language: str = "en") -> str:
        """Return the address of the form for a new one."""
        meta = self.model._meta
        return reverse(
            "wagtailadmin_pages:add",
            args=[meta.app_label, meta.model_name, self.place(language).pk],
        )

    def form(self, title: str, *, slug: str = "") -> Values:
        """Return what the browser sends."""
        always = {
            "title": title,
            "slug": slug,
            "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
        return nested_form_data(always | self.sent())

    def draft(self, words: str, language: str = "en") -> Any:
        """Save these words, wherever such a page has words, as a draft."""
        page = self.of(language)
        for name, value in (self.kept(words) | {"title": words}).items():
            setattr(page, name, value)
        page.search_description = words
        if page.pk is None:
            self.place(language).add_child(instance=page)
        page.save_revision()
        return self.model.objects.get(pk=page.pk)

    def of(self, language: str) -> Any:
        """Return the one of the kind in a language, or a new one that is not saved yet."""
        known = self.model.objects.filter(locale__language_code=language)
        if self.is_one:
            return known.get()
        return known.filter(slug=self.slug).first() or self.model(
            slug=self.slug,
            locale=self.place(language).locale,
            translation_key=shared_key(self.model, self.slug),
            live=False,
        )

    @property
    def slug(self) -> str:
        """The slug of its pages here: that of their thing, if they are about one."""
        thing = self.kept("").get(getattr(self.model, "subject", ""))
        return thing.slug if thing else SLUG


def _product() -> Product:
    """Return the product that pages show: there is one, for it is in the shop's lists too."""
    return Product.objects.order_by("pk").first() or make_product()


def _picks() -> Values:
    return streamfield([("product", _product().pk)])


def _home() -> Values:
    return {"hero_title": "Come in", "hero_text": "Look around.", "cover": "", "picks": _picks()}


def _list() -> Values:
    return {"intro": "All of them.", "cover": ""}


def _words() -> Values:
    return {"intro": "What this is about.", "cover": "", "body": rich_text("<p>More of it.</p>")}


def _artisan() -> Artisan:
    name = ("Rukhsana", "रुख़साना")
    return Artisan.objects.filter(name_en=name[0]).first() or make_artisan(*name)


def _maker() -> Values:
    return {"artisan": _artisan().pk, "body": rich_text("<p>More of her.</p>")}


def _story() -> Values:
    return {
        "lead": "How a lota is cast.",
        "district": make_district().pk,
        "craft": "",
        "cover": "",
        "occasion": "none",
        "read_minutes": 3,
        "body": story_forms.body(_product()),
        "people": inline_formset([]),
    }


def _collection() -> Values:
    rule = dict.fromkeys(("craft", "district", "colour", "price_to"), "")
    return _words() | rule | {"picks": _picks(), "occasion": "none"}


def _said(words: str) -> Values:
    return {"intro": words, "body": f"<p>{words}</p>"}


def _told(words: str) -> Values:
    blocks = [
        {"type": "chapter", "value": words},
        {"type": "paragraph", "value": f"<p>{words}</p>"},
        {"type": "products", "value": {"title": words, "products": [_product().pk]}},
    ]
    return {
        "lead": words,
        "district": make_district(),
        "craft": make_craft(),
        "occasion": Occasion.DEEPAVALI,
        "body": json.dumps(blocks),
    }


LISTS = {
    DistrictIndexPage: DistrictPage,
    CraftIndexPage: CraftPage,
    ArtisanIndexPage: ArtisanPage,
    StoryIndexPage: StoryPage,
    CollectionIndexPage: CollectionPage,
}
KINDS = (
    Kind(
        HomePage,
        Page,
        _home,
        lambda words: {"hero_title": words, "hero_text": words},
        children=(*LISTS, StandardPage),
        is_one=True,
    ),
    *(
        Kind(each, HomePage, _list, lambda words: {"intro": words}, children=(of,), is_one=True)
        for each, of in LISTS.items()
    ),
    Kind(
        DistrictPage,
        DistrictIndexPage,
        lambda: _words() | {"district": make_district("Banda", "बाँदा").pk},
        lambda words: _said(words) | {"district": make_district("Banda", "बाँदा")},
    ),
    Kind(
        CraftPage,
        CraftIndexPage,
        lambda: _words() | {"craft": make_craft("Locks", "ताले").pk},
        lambda words: _said(words) | {"craft": make_craft("Locks", "ताले")},
    ),
    Kind(
        ArtisanPage,
        ArtisanIndexPage,
        _maker,
        lambda words: {"artisan": _artisan(), "body": f"<p>{words}</p>"},
    ),
    Kind(StoryPage, StoryIndexPage, _story, _told),
    Kind(CollectionPage, CollectionIndexPage, _collection, _said),
    Kind(StandardPage, HomePage, _words, _said),
)
MODELS = {model for model in apps.get_app_config("cms").get_models() if issubclass(model, BasePage)}
