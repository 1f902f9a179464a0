"""The editor's job: nobody is shown who did not agree, and who withdraws is gone."""

from playwright.sync_api import expect

from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.screens import DESKTOP
from tests.browser.test_an_editor_publishes import begin_story
from tests.browser.town import Town

SIGNED = {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 signed"}

STANDS_STILL = """Promise.race([
  Promise.allSettled(document.getAnimations().map((each) => each.finished)),
  new Promise((done) => setTimeout(done, 2000)),
])"""


def test_a_story_waits_for_consent_and_goes_with_it(visit: NewVisitor, town: Town) -> None:
    editor = visit(DESKTOP, script=True)
    editor.sign_in("editor@example.org", then="/cms/")
    begin_story(editor)
    tab = editor.tab
    tab.locator("#id_title").fill("The boy at the bellows")
    tab.locator("#id_lead").fill("He keeps the fire.")
    tab.locator("#id_district").select_option(label="Moradabad")
    take_in(editor, "Rahim Khan", "रहीम ख़ान")

    tab.get_by_role("button", name="More actions").click()
    tab.get_by_role("button", name="Publish").click()
    expect(tab.locator(".messages")).to_contain_text("Rahim Khan did not agree to be named")
    tab.get_by_role("button", name="Toggle preview").click()
    seen = tab.frame_locator("#w-preview-iframe")
    missing = seen.locator("[data-consent-missing]").first
    expect(missing).to_contain_text("Rahim Khan did not agree to be named")
    tab.get_by_role("button", name="Toggle checks").click()
    expect(tab.locator("[data-checks-panel]")).to_contain_text("A consent is missing")


def test_what_was_signed_is_recorded_and_taken_back(visit: NewVisitor, town: Town) -> None:
    editor, reader = visit(DESKTOP, script=True), visit()
    tab, maker = editor.tab, "/en/makers/shabana-parveen/"
    reader.go(maker)
    editor.sign_in("editor@example.org", then="/cms/")
    found = []

    editor.go("/cms/consents/")
    found += problems(editor)
    tab.get_by_role("link", name="Add consent").first.click()
    found += problems(editor)
    tab.get_by_role("button", name="Choose a person").click()
    tab.get_by_role("dialog").get_by_role("link", name="Shabana Parveen").click()
    tab.get_by_label("story", exact=True).check()
    tab.get_by_label("Hindi").check()
    tab.get_by_label("Paper or recording").set_input_files([SIGNED])
    tab.get_by_role("button", name="Record", exact=True).click()
    expect(tab.locator(".messages")).to_contain_text("The consent of Shabana Parveen is recorded.")
    tab.evaluate(STANDS_STILL)  # the message fades in, and half faded it is pale
    found += problems(editor)
    with tab.expect_download() as paper:
        tab.get_by_role("link", name="signed paper").first.click()
    assert paper.value.path().read_bytes() == SIGNED["buffer"]

    tab.get_by_role("link", name="Withdraw").click()
    found += problems(editor)
    tab.get_by_label("Reason").fill("She rang.")
    tab.get_by_role("button", name="Withdraw").click()
    expect(tab.locator(".messages")).to_contain_text("2 pages went offline.")

    another = visit()  # the first one's browser may show what it has for half a minute
    assert another.tab.goto(f"{another.origin}{maker}").status == 404
    reader.go(town.lota.get_absolute_url())
    expect(reader.tab.get_by_role("main")).to_contain_text("Made by a maker from Moradabad")
    assert found == []


def take_in(editor: Visitor, name_en: str, name_hi: str) -> None:
    """Say that the story tells of somebody the ledger does not know yet."""
    tab = editor.tab
    tab.get_by_role("button", name="Add person").click()
    window = tab.get_by_role("dialog")
    window.get_by_role("tab", name="Somebody new").click()
    window.get_by_label("name, English").fill(name_en)
    window.get_by_label("name, Hindi").fill(name_hi)
    window.get_by_label("district").select_option(label="Moradabad")
    window.get_by_role("button", name="Take in").click()
    expect(tab.locator("#panel-child-content-people-section")).to_contain_text(name_en)
