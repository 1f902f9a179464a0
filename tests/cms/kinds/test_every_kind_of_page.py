"""Every kind of page is made, changed, looked at and read, in both languages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from cms.pages.base import BasePage
from cms.pages.home import HomePage
from storefront.accounts.models import User
from tests.browser.places import PLACES
from tests.cms.kinds.kinds import KINDS, MODELS, PUBLISH, Kind

LANGUAGES = ("en", "hi")
MADE = [kind for kind in KINDS if kind.model is not HomePage]
TITLE = {"en": "A page of this kind", "hi": "इस तरह का पन्ना"}
OTHER = {"en": "Another name", "hi": "दूसरा नाम"}


@pytest.fixture
def owner() -> User:
    """Somebody who may do everything."""
    return User.objects.create_superuser("owner@example.org", "a long enough one")


@pytest.fixture
def wagtail(owner: User) -> WagtailPageTestCase:
    """Wagtail's own assertions about pages, made by somebody who may do everything."""
    case = WagtailPageTestCase()
    case.client, case.dummy_request = Client(), get_dummy_request()
    case.client.force_login(owner)
    return case


def make(wagtail: WagtailPageTestCase, kind: Kind, language: str) -> Any:
    """Make a page by its form; the one that there is only one of makes room first."""
    slug = kind.of(language).slug
    if kind.is_one:
        kind.of(language).delete()
    form = kind.form(TITLE[language], slug=slug)
    wagtail.assertCanCreate(kind.place(language), kind.model, form)
    return kind.model.objects.order_by("-pk").first()


def test_no_kind_of_page_is_without_its_row_and_its_place_before_a_browser() -> None:
    looked_at = {place.route for place in PLACES if not place.of}

    assert {kind.model for kind in KINDS} == MODELS
    # Pages of words have no address of their own; those that the shop links to have.
    assert {model.address_name or "help" for model in MODELS} <= looked_at


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_page_stands_in_its_place_and_nowhere_else(
    wagtail: WagtailPageTestCase, kind: Kind
) -> None:
    wagtail.assertAllowedParentPageTypes(kind.model, {kind.parent})
    wagtail.assertAllowedSubpageTypes(kind.model, set(kind.children))


def test_below_the_root_stand_homes_alone_and_there_is_one_for_each_language(
    wagtail: WagtailPageTestCase,
) -> None:
    root = Page.get_first_root_node()

    wagtail.assertAllowedSubpageTypes(Page, {Page, HomePage})
    assert not HomePage.can_create_at(root)
    assert HomePage.objects.count() == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MADE, ids=str)
def test_a_page_made_by_its_form_is_shown_and_told_to_programs(
    wagtail: WagtailPageTestCase, client: Client, kind: Kind, language: str
) -> None:
    page = make(wagtail, kind, language)

    shown = client.get(page.address).content.decode()
    told = client.get("/api/v1/pages", {"path": page.address}).json()

    wagtail.assertPageIsRenderable(page)
    assert page.live
    assert page.get_url() == page.address
    assert f'<html lang="{language}' in shown
    assert TITLE[language] in shown
    assert (told["title"], told["language"]) == (TITLE[language], language)
    assert told["kind"] == (page.address_name or "page")
    assert told["url"].endswith(page.address)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_page_is_looked_at_changed_and_published(
    wagtail: WagtailPageTestCase, client: Client, owner: User, kind: Kind, language: str
) -> None:
    page: BasePage = (
        HomePage.objects.get(locale__language_code=language)
        if kind.model is HomePage
        else make(wagtail, kind, language)
    )
    sent = kind.form(OTHER[language], slug=page.slug)

    wagtail.assertPageIsPreviewable(page, post_data=sent, user=owner)
    before = client.get(page.address).content.decode()
    wagtail.client.force_login(owner)
    opened = wagtail.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    saved = wagtail.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent | PUBLISH)

    assert (opened.status_code, saved.status_code) == (200, 302)
    assert OTHER[language] not in before
    page.refresh_from_db()
    assert page.title == OTHER[language]
    assert OTHER[language] in client.get(page.address).content.decode()
