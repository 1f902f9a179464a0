"""What a price pays for: rupees that add up, to the paisa, before anybody reads them."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.test.utils.form_data import streamfield

from cms.blocks.prices import FairPriceBlock
from cms.pages.stories import StoryPage
from tests.cms.blocks.telling import read, tell, told_by_api, words_of
from tests.cms.story_forms import adding, form, items


def price(total: Any, *amounts: Any) -> tuple[str, dict[str, Any]]:
    rows = [{"label": f"Part {number}", "amount": each} for number, each in enumerate(amounts)]
    return ("fair_price", {"title": "", "price": total, "rows": rows, "note": "", "look": "plain"})


def sent(total: str, *amounts: str) -> dict[str, Any]:
    """Return a story with a price as the editor's browser sends it."""
    rows = items([{"label": "Brass", "amount": each} for each in amounts])
    value = {"title": "", "price": total, "rows": rows, "note": "", "look": "plain"}
    return form(body=streamfield([("fair_price", value)]))


def test_the_bar_has_a_place_for_each_part_and_the_list_says_the_same() -> None:
    tell(price("1450.00", "900.50", "0", "549.50"))

    shown = read().select_one(".fair")

    rects = [(each["x"], each["width"]) for each in shown.select("rect")]
    assert rects == [("0", "621"), ("621", "0"), ("621", "379")]
    assert shown.select_one("svg")["aria-hidden"] == "true"
    assert [words_of(each) for each in shown.select("dl div")] == [
        "Part 0 ₹900.50",
        "Part 1 ₹0",
        "Part 2 ₹549.50",
        "Price ₹1,450",
    ]


def test_the_bar_is_the_same_in_hindi() -> None:
    tell(price("3000000.00", "1000000.00", "2000000.00"), language="hi")

    shown = read("hi").select_one(".fair")

    assert [each["width"] for each in shown.select("rect")] == ["333", "667"]
    assert words_of(shown.select_one(".sums__total dd")) == "₹30,00,000"


@pytest.mark.parametrize(
    ("total", "amounts"),
    [
        ("100.00", ("60.00", "39.99")),
        ("100.00", ("60.00", "40.01")),
        ("0", ("0", "0")),
        ("100.00", ("120.00", "-20.00")),
        (None, (None, None)),
    ],
)
def test_rows_that_do_not_make_up_the_price_are_refused_and_not_shown(
    total: Any, amounts: tuple[Any, ...]
) -> None:
    block = FairPriceBlock()
    told = price(total, *amounts)

    with pytest.raises(ValidationError):
        block.clean(block.to_python(told[1]))
    tell(told)

    assert read().select(".fair") == []
    assert told_by_api() == []


def test_the_editor_is_told_both_sums_when_publishing(editor: Client) -> None:
    add = adding()

    refused = editor.post(add, sent("1450", "900", "549") | {"action-publish": "publish"})

    # The form's own script writes the errors, so the sign for rupees travels as a number.
    told = refused.content.decode().replace("\\u20b9", "₹")
    assert "The rows add up to ₹1,449, the price is ₹1,450." in told
    assert StoryPage.objects.count() == 0


def test_a_draft_of_a_price_is_kept_as_far_as_it_is(editor: Client) -> None:
    add = adding()

    answer = editor.post(add, sent("1450", "900", "549"))

    assert answer.status_code == 302
    [block] = StoryPage.objects.get().get_latest_revision_as_object().body
    assert block.value.total == Decimal(1449)


def test_a_price_that_adds_up_is_published(editor: Client, client: Client) -> None:
    add = adding()

    editor.post(add, sent("1450", "900", "550") | {"action-publish": "publish"})

    assert "₹1,450" in client.get("/en/stories/a-lota-is-born/").content.decode()


def test_programs_are_told_the_parts_in_rupees() -> None:
    tell(price("1450.00", "900.50", "549.50"))

    [told] = told_by_api()

    assert told["price"] == {"amount": "1450.00", "currency": "INR"}
    assert [row["amount"]["amount"] for row in told["rows"]] == ["900.50", "549.50"]


@pytest.mark.parametrize("given", ["", "much", "NaN", "-Infinity", "1E+500", [], {}])
def test_what_is_no_amount_is_none(given: Any) -> None:
    assert FairPriceBlock().child_blocks["price"].to_python(given) is None
