"""The editors' front page: what needs care, each kind with its stories."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from cms.front_page import SHOWN, kinds_of_care
from cms.pages.standard import StandardPage
from cms.pages.stories import StoryPage
from storefront.catalogue.services import withdraw
from storefront.core.clock import now
from storefront.media.models import Picture
from storefront.partner.models import StockRecord
from tests.factories.catalogue import make_picture, make_product
from tests.factories.pages import make_story


def care() -> dict[str, list[str]]:
    """Return what needs care: titles of kinds with the words of their items."""
    return {
        kind.title: [" ".join(filter(None, (item.text, item.note))) for item in kind.items]
        for kind in kinds_of_care()
        if kind.items
    }


def in_both(slug: str = "sand", **facts: Any) -> tuple[StoryPage, StoryPage]:
    return make_story(slug=slug, **facts), make_story(slug=slug, language="hi", **facts)


def test_where_nothing_is_wrong_nothing_is_said(editor: Client) -> None:
    in_both()

    assert care() == {}
    assert "Needs care" not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_products_that_are_gone_and_sold_out_are_told_apart() -> None:
    gone, out, held = make_product(title_en="Lota"), make_product(title_en="Bell"), make_product()
    story = make_story([gone, out, held])
    make_story(slug=story.slug, language="hi")
    withdraw(gone)
    StockRecord.objects.filter(product=out).update(num_in_stock=0)
    StockRecord.objects.filter(product=held).update(
        num_in_stock=1, num_allocated=1, held_until=now() + timedelta(minutes=5)
    )

    assert care() == {
        "Products that are not for sale any more": [f"{story.title} (en) Lota"],
        "Products that are sold out": [f"{story.title} (en) Bell"],
    }


def test_a_link_to_a_page_that_was_taken_back_is_found() -> None:
    story, _hindi = in_both()
    target = StandardPage.objects.get(slug="about", locale__language_code="en")
    link = (
        f'<p><a linktype="page" id="{target.pk}">About</a> <a href="https://example.org">x</a></p>'
    )
    story.body = [("paragraph", link)]
    story.save()
    assert care() == {}

    target.unpublish()
    assert care() == {
        "Links that lead nowhere": [f"{story.title} (en)"],
        "Links in the menu and the footer": ["About Zila: not there in English"],
    }


def test_a_story_in_one_language_waits_for_the_other() -> None:
    story = make_story()

    assert care() == {"Not translated yet": [f"{story.title} (en)"]}


def test_a_translation_is_behind_once_its_original_is_published_anew() -> None:
    story, hindi = in_both()
    story.title = "Another title"
    story.save_revision().publish()

    assert care() == {"Translations that are behind": [f"{hindi.title} (hi)"]}


def test_pictures_without_words_and_stories_that_wait_for_their_day_are_listed() -> None:
    picture = make_picture()
    Picture.objects.filter(pk=picture.pk).update(alt_hi="", title="lota-1.jpg")
    story, _hindi = in_both()
    story.go_live_at = now() + timedelta(days=3)
    story.save_revision(approved_go_live_at=story.go_live_at)

    found = care()
    assert found["Pictures nobody has described"] == ["lota-1.jpg"]
    assert len(found["About to appear"]) == 1


def test_of_many_the_first_are_shown_and_the_rest_counted(
    editor: Client, django_assert_num_queries: Any
) -> None:
    for number in range(SHOWN + 2):
        make_story(slug=f"story-{number}", title=f"Story <b>{number:02}</b>")

    with django_assert_num_queries(9):  # two of them for the menu and the footer
        list(kinds_of_care())
    html = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert html.count(escape("Story <b>")) == SHOWN
    assert "and 2 more" in html


@pytest.mark.parametrize("role", ["editor", "correspondent", "moderator"])
def test_everybody_who_writes_sees_it(request: pytest.FixtureRequest, role: str) -> None:
    make_story()

    page = request.getfixturevalue(role).get(reverse("wagtailadmin_home"))

    assert "Not translated yet" in page.content.decode()
