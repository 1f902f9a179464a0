"""The editor's other job: an English story becomes Hindi, sentence by sentence, by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from cms.pages.stories import StoryPage
from tests.browser.barriers import AXE, RULES
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.town import Town
from tests.cms.test_translating import HINDI

SLUG = "sand-fire-and-a-small-chisel"
NEW = "Wait for the colour, and then wait a little longer."
NEW_IN_HINDI = "रंग का इंतज़ार करो, फिर थोड़ा और।"
# What is ours in the back office; the rest is Wagtail's.
OUR_PARTS = "#needs-care, .ways-in"
FOUND = """([parts, rules]) => axe.run(
  { include: [...document.querySelectorAll(parts)] }, rules
).then(({ violations }) => violations.map(({ id, nodes }) => `${id} at ${nodes[0].target}`))"""


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_story_is_translated_found_stale_and_translated_again(
    visit: NewVisitor, town: Town, screen: dict[str, int]
) -> None:
    del town
    editor, reader = visit(screen, script=True), visit(screen)
    english = StoryPage.objects.get(slug=SLUG)
    editor.sign_in("editor@example.org", then=f"/cms/pages/{english.pk}/edit/")
    send_for_translation(editor)

    translate_all(editor, HINDI)
    publish(editor)

    read_in_both_languages(reader)
    hindi = StoryPage.objects.get(slug=SLUG, locale__language_code="hi")
    change_english(english)
    editor.go("/cms/")
    behind = editor.tab.locator("section, li").filter(has_text="Translations that are behind").last
    expect(behind).to_contain_text(hindi.title)
    assert_ours_is_for_everybody(editor)

    sync(editor, english)
    editor.go(f"/cms/pages/{hindi.pk}/edit/")
    expect(segments(editor)).to_have_count(1)
    expect(segments(editor)).to_contain_text(NEW)
    translate_all(editor, {NEW: NEW_IN_HINDI})
    publish(editor)

    # Who has read it keeps it for a minute.
    other = visit(screen)
    other.go(f"/hi/stories/{SLUG}/")
    expect(other.tab.get_by_role("main")).to_contain_text(NEW_IN_HINDI)
    editor.go("/cms/")
    expect(editor.tab.get_by_text("Translations that are behind")).to_have_count(0)


def send_for_translation(editor: Visitor) -> None:
    """Ask for the Hindi of the page that is open."""
    act(editor, "Translate this page")
    editor.tab.get_by_label("Hindi").check()
    editor.tab.get_by_role("button", name="Submit").press("Enter")
    expect(segments(editor).first).to_be_visible()


def act(editor: Visitor, name: str) -> None:
    """Choose what to do with the page that is open, without a mouse."""
    editor.tab.get_by_role("button", name="Actions", exact=True).first.press("Enter")
    editor.tab.get_by_role("link", name=name).press("Enter")


def segments(editor: Visitor) -> Locator:
    """Return the sentences that have no Hindi yet."""
    return editor.tab.locator(".js-translation-editor li.incomplete")


def translate_all(editor: Visitor, hindi: dict[str, str]) -> None:
    """Write the Hindi of every sentence that has none, on each of the form's sheets."""
    for sheet in editor.tab.locator(".js-translation-editor [role=tab]").all():
        sheet.press("Enter")
        translate_sheet(editor, hindi)


def translate_sheet(editor: Visitor, hindi: dict[str, str]) -> None:
    """Write the Hindi of every sentence that can be seen and has none, without a mouse."""
    waiting = segments(editor).filter(visible=True)
    for left in range(waiting.count(), 0, -1):
        first = waiting.first
        source = first.locator("p").first.inner_text()
        first.get_by_role("button", name="Translate").press("Enter")
        editor.tab.keyboard.type(hindi.get(source, source))
        editor.tab.keyboard.press("Enter")
        expect(waiting).to_have_count(left - 1)


def publish(editor: Visitor) -> None:
    """Publish the translation that is open."""
    editor.tab.get_by_role("button", name="Publish in Hindi").press("Enter")
    expect(editor.tab.locator(".messages")).to_contain_text("Published")


def read_in_both_languages(reader: Visitor) -> None:
    """Find the story in Hindi, and each language by the other."""
    reader.go("/hi/stories/")
    reader.tab.get_by_role("main").get_by_role("link", name="रेत, आग और एक छोटी छेनी").click()
    expect(reader.tab).to_have_url(f"{reader.origin}/hi/stories/{SLUG}/")
    expect(reader.tab.get_by_role("heading", name="साँचा")).to_be_visible()
    reader.assert_fits()
    wanted = {
        "en": f"{reader.origin}/en/stories/{SLUG}/",
        "hi": f"{reader.origin}/hi/stories/{SLUG}/",
    }
    assert alternates(reader) == wanted
    reader.go(f"/en/stories/{SLUG}/")
    assert alternates(reader) == wanted


def alternates(reader: Visitor) -> dict[str, Any]:
    """Return which languages the page says it can be read in, and where."""
    links = reader.tab.locator("link[rel=alternate][hreflang]").all()
    told = {each.get_attribute("hreflang"): each.get_attribute("href") for each in links}
    return {str(code)[:2]: address for code, address in told.items() if code != "x-default"}


def change_english(story: StoryPage) -> None:
    """Publish another last sentence in English."""
    body = list(story.body.raw_data)
    for block in body:
        if block["type"] == "quote":
            block["value"]["text"] = NEW
    story.body = body
    story.save_revision().publish()


def sync(editor: Visitor, story: StoryPage) -> None:
    """Let the Hindi have what is new in the English."""
    editor.go(f"/cms/pages/{story.pk}/edit/")
    act(editor, "Sync translated pages")
    editor.tab.get_by_role("button", name="Submit").press("Enter")
    expect(editor.tab.locator(".messages")).to_be_visible()


def assert_ours_is_for_everybody(editor: Visitor) -> None:
    """Nothing of ours bars anybody, or is wider than the screen."""
    editor.assert_fits()
    editor.tab.evaluate(AXE)
    assert editor.tab.evaluate(FOUND, [OUR_PARTS, RULES]) == []
