"""A story of all blocks: for everybody on a phone, to swipe by keys, to buy from without script."""

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import measured, problems
from tests.browser.conftest import NewVisitor
from tests.browser.town import Town
from tests.cms.blocks.telling import SLUG, tell
from tests.cms.blocks.values import full, make_world

LANGUAGES = ("en", "hi")


@pytest.fixture(autouse=True)
def _story(town: Town) -> None:
    world = make_world()
    for language in LANGUAGES:
        tell(*full(world).items(), language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_block_is_a_barrier(visit: NewVisitor, language: str) -> None:
    reader = visit(script=True)
    reader.tab.emulate_media(reduced_motion="reduce")

    reader.go(f"/{language}/stories/{SLUG}/")

    reader.assert_fits()
    assert problems(reader) == []
    assert measured(reader.tab) == []


def test_steps_are_swiped_through_by_keys_without_script(visit: NewVisitor) -> None:
    reader = visit()
    reader.go(f"/en/stories/{SLUG}/")
    steps = reader.tab.locator(".process")
    before = steps.evaluate("(row) => row.scrollLeft")

    steps.focus()
    for _ in range(4):
        reader.tab.keyboard.press("ArrowRight")

    expect(steps.get_by_text("After")).to_be_in_viewport(ratio=0.9)
    assert before == 0


def test_a_row_of_products_sells_without_script(visit: NewVisitor, town: Town) -> None:
    buyer = visit()
    buyer.go(f"/hi/stories/{SLUG}/")
    first = buyer.tab.locator(".swipe-row .buyable").first
    title = first.locator(".buyable__title").inner_text()

    first.get_by_role("button").click()

    expect(buyer.tab.locator("main .line__title").first).to_have_text(title)
