"""The editor's job: a story is written, its products are chosen, it is looked at and published."""

from playwright.sync_api import expect

from cms.pages.stories import StoryIndexPage
from storefront.partner.models import StockRecord
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.purchase import click
from tests.browser.screens import DESKTOP
from tests.browser.town import Town


def test_a_story_is_written_looked_at_published_and_sells(visit: NewVisitor, town: Town) -> None:
    editor = visit(DESKTOP, script=True)
    editor.sign_in("editor@example.org", then="/cms/")
    begin_story(editor)
    tab = editor.tab
    tab.locator("#id_title").fill("The bell and the lota")
    tab.locator("#id_lead").fill("Two things that ring.")
    tab.locator("#id_district").select_option(label="Moradabad")
    add_block(editor, "Chapter")
    tab.locator("[name=body-0-value]").fill("What the ear decides")
    add_block(editor, "Products")
    choose_product(editor, town.lota.title, search="lota")
    tab.get_by_role("button", name="Add", exact=True).last.click()
    choose_product(editor, town.bell.title, search="")

    tab.get_by_role("button", name="Toggle preview").click()
    seen = tab.frame_locator("#w-preview-iframe")
    expect(seen.get_by_role("heading", level=1)).to_have_text("The bell and the lota")
    expect(seen.get_by_role("main")).to_contain_text("Brass lota")
    reader = visit()
    assert reader.tab.goto(f"{reader.origin}/en/stories/the-bell-and-the-lota/").status == 404
    publish(editor)

    StockRecord.objects.filter(product=town.bell).update(price="700.00")
    reader.go("/en/stories/")
    click(reader, "The bell and the lota", "link")
    expect(reader.tab.get_by_role("heading", name="What the ear decides")).to_be_visible()
    reader.assert_fits()
    bell = reader.tab.get_by_role("complementary").filter(has_text="Temple bell")
    expect(bell).to_contain_text("₹700")
    expect(bell).to_contain_text("Only 1 left")
    bell.get_by_role("button", name="Add to basket").click()
    expect(reader.tab.get_by_role("heading", level=1)).to_have_text("Your basket")
    expect(reader.tab.get_by_role("main")).to_contain_text("Temple bell")
    click(reader, "Temple bell", "link")
    click(reader, "The bell and the lota", "link")
    expect(reader.tab).to_have_url(f"{reader.origin}/en/stories/the-bell-and-the-lota/")


def begin_story(editor: Visitor) -> None:
    """Go from the list of stories to an empty story."""
    stories = StoryIndexPage.objects.get(locale__language_code="en")
    editor.go(f"/cms/pages/{stories.pk}/")
    editor.tab.get_by_role("link", name="Add child page").first.click()


def add_block(editor: Visitor, kind: str) -> None:
    """Put another block at the end of the story."""
    body = editor.tab.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").last.click()
    editor.tab.get_by_role("option", name=kind, exact=True).click()


def choose_product(editor: Visitor, title: str, *, search: str) -> None:
    """Choose a product in the window that opens, by its price list or by a search."""
    editor.tab.get_by_role("button", name="Choose a product").last.click()
    window = editor.tab.get_by_role("dialog").filter(has_text="Seller")
    if search:
        window.get_by_label("Search term").fill(search)
        expect(window.get_by_role("row")).to_have_count(2)
    window.get_by_role("link", name=title).click()
    expect(editor.tab.locator("#panel-child-content-body-section")).to_contain_text(title)


def publish(editor: Visitor) -> None:
    """Publish what is in the form."""
    editor.tab.get_by_role("button", name="More actions").click()
    editor.tab.get_by_role("button", name="Publish").click()
    # "created and published", or "has been published" when the draft was saved by itself before.
    expect(editor.tab.locator(".messages")).to_contain_text("published")
