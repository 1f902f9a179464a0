"""The editor's job: a story is written, its products are chosen, it is looked at and published."""

from playwright.sync_api import Page, expect

from cms.pages.stories import StoryIndexPage
from storefront.stock.rules import Reason
from storefront.stock.services import set_free
from tests.browser.conftest import DESKTOP, NewVisitor, Visitor
from tests.browser.purchase import click
from tests.browser.town import Town
from tests.factories.catalogue import stock_record


def test_a_story_is_written_previewed_published_and_sells(visit: NewVisitor, town: Town) -> None:
    editor = visit(DESKTOP, script=True)
    editor.sign_in("editor@example.org", then="/cms/")
    begin_story(editor)
    tab = editor.tab
    tab.locator("#id_title").fill("The bell and the lota")
    tab.locator("#id_lead").fill("Two things that ring.")
    tab.locator("#id_district").select_option(label="Moradabad")
    tab.screenshot(path="/tmp/e1.png", full_page=True)
    body = tab.locator("#panel-child-content-body-section")
    print(body.evaluate("e=>e.outerHTML")[:6000])
    body.get_by_role("button", name="Insert a block").first.click()
    tab.wait_for_timeout(1000)
    tab.screenshot(path="/tmp/e2.png")
    print(tab.evaluate("document.body.innerHTML").split("<footer")[-1][-6000:])


def begin_story(editor: Visitor) -> None:
    """Go from the list of stories to an empty story."""
    stories = StoryIndexPage.objects.get(locale__language_code="en")
    editor.go(f"/cms/pages/{stories.pk}/")
    editor.tab.screenshot(path="/tmp/e0.png", full_page=True)
    editor.tab.get_by_role("link", name="Add child page").first.click()
