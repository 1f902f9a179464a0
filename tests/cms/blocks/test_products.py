"""Products in a story: chosen one by one, alone, or by a rule; always as the shop has them now."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.blocks import StructBlock

from cms.blocks import StoryBlocks
from cms.pages.stories import StoryPage, StoryProduct
from cms.queries import stories_of_product
from storefront.catalogue import services as catalogue
from storefront.catalogue.models import Product
from tests.cms.blocks.telling import previewed, read, tell, told_by_api, words_of
from tests.factories.catalogue import (
    make_craft,
    make_district,
    make_picture,
    make_product,
    make_seller,
)

UNHEARD_OF = 999_999


def titles(selector: str = ".buyable__title") -> list[str]:
    return [words_of(each) for each in read().select(selector)]


def row(**rule: Any) -> tuple[str, dict[str, Any]]:
    return ("product_row", {"title": "From the lanes", **rule})


def test_one_product_stands_with_its_words_and_can_be_bought() -> None:
    lota = make_product()
    tell(("product", {"product": lota.pk, "words": "The thumb knows."}))

    shown = read()

    assert titles() == ["Brass lota"]
    assert "The thumb knows." in words_of(shown)
    assert shown.select_one("form[action='/en/basket/add/'] input[name=product_id]")[
        "value"
    ] == str(lota.pk)


def test_a_rule_finds_what_fits_it_the_newest_first() -> None:
    locks, aligarh = make_craft("Locks", "ताले"), make_district("Aligarh", "अलीगढ़")
    workshop = make_seller("Aligarh Lock Works")
    for number in range(3):
        make_product(title_en=f"Lock {number}", craft=locks, district=aligarh, seller=workshop)
    make_product(title_en="Brass lock", district=aligarh, seller=workshop)
    make_product(title_en="Lock from elsewhere", craft=locks, seller=workshop)
    make_product(title_en="Another's lock", craft=locks, district=aligarh)
    make_product(title_en="Sold lock", craft=locks, district=aligarh, seller=workshop, stock=0)
    make_product(title_en="Draft", craft=locks, district=aligarh, seller=workshop, is_live=False)

    tell(row(craft="locks", district="aligarh", seller=workshop.pk, count=2))

    assert titles() == ["Lock 2", "Lock 1"]


def test_a_rule_without_conditions_shows_the_newest_of_the_shop() -> None:
    for number in range(8):
        make_product(title_en=f"Lota {number}", stock=0)

    tell(row(in_stock=False, count=6))

    assert titles() == [f"Lota {number}" for number in (7, 6, 5, 4, 3, 2)]


def test_a_row_follows_what_comes_and_what_is_sold() -> None:
    first = make_product(title_en="First lota")
    tell(row())
    before = titles()

    make_product(title_en="Second lota")
    catalogue.withdraw(first)

    assert (before, titles()) == (["First lota"], ["Second lota"])


@pytest.mark.parametrize(
    "rule",
    [
        {"craft": "unheard-of"},
        {"district": "unheard-of"},
        {"seller": UNHEARD_OF},
        {"craft": "unheard-of", "order": "sideways", "count": "six"},
    ],
)
def test_a_row_that_finds_nothing_shows_nothing_but_tells_the_editor(
    editor: Client, rule: dict[str, Any]
) -> None:
    make_product()
    story = tell(row(**rule))

    assert read().select(".buyables") == []
    assert "Nothing fits this row" not in words_of(read())
    assert "Nothing fits this row at the moment." in words_of(previewed(editor, story))


def test_a_product_that_went_leaves_no_trace_for_readers_and_a_note_for_the_editor(
    editor: Client,
) -> None:
    gone, withdrawn = make_product(), make_product()
    story = tell(("product", {"product": gone.pk}), ("product", {"product": withdrawn.pk}))
    catalogue.withdraw(withdrawn)
    Product.objects.filter(pk=gone.pk).delete()

    for_readers, for_editor = read(), previewed(editor, story)

    assert for_readers.select(".buyables, .notice") == []
    assert [words_of(each) for each in for_editor.select(".notice")] == [
        "1 product here is no longer on sale. Readers do not see it."
    ] * 2


def test_products_of_all_blocks_know_their_story_and_those_of_rules_do_not() -> None:
    chosen, alone, by_rule = (make_product(title_en=title) for title in ("A", "B", "C"))
    tell(
        ("products", {"title": "", "products": [chosen.pk]}),
        ("product", {"product": alone.pk}),
        row(),
    )

    assert len(stories_of_product(chosen)) == len(stories_of_product(alone)) == 1
    assert stories_of_product(by_rule) == []


def test_a_deleted_product_of_any_block_is_a_gap_of_the_story() -> None:
    tell(("product", {"product": UNHEARD_OF}))

    assert StoryProduct.objects.get().product_id is None


def test_a_piece_that_is_sold_stays_and_cannot_be_bought() -> None:
    tell(("product", {"product": make_product(stock=0).pk}))

    shown = read()

    assert titles() == ["Brass lota"]
    assert words_of(shown.select_one(".stock--sold_out")) == "Sold out"
    assert shown.select("form") == []


def test_six_products_in_three_kinds_of_block_cost_two_queries_more_than_none(
    client: Client, queries_of: Callable[[str], int]
) -> None:
    products = [make_product(pictures=[make_picture()]) for _ in range(6)]
    tell(slug="none")
    tell(
        ("products", {"title": "", "products": [each.pk for each in products[:4]]}),
        ("product", {"product": products[4].pk}),
        ("product", {"product": products[5].pk}),
        row(),
        row(district="moradabad", count=6),
        slug="all",
    )

    none, every = queries_of("/en/stories/none/"), queries_of("/en/stories/all/")

    assert every - none == 2


def test_the_api_tells_the_products_of_all_blocks() -> None:
    lota = make_product()
    tell(
        ("product", {"product": lota.pk, "words": "The thumb knows."}),
        ("product", {"product": UNHEARD_OF}),
        row(),
    )

    alone, gone, found = told_by_api()

    assert (alone["type"], alone["words"]) == ("product", "The thumb knows.")
    assert alone["product"]["price"]["amount"] == "1450.00"
    assert gone["product"] is None
    assert (found["type"], found["title"]) == ("product_row", "From the lanes")
    assert [each["id"] for each in found["products"]] == [lota.pk]


@pytest.mark.parametrize("given", [7, "7", {"id": 7}, {"id": "7"}])
def test_a_chosen_thing_is_its_number_however_it_is_given(given: Any) -> None:
    chooser = block("product").child_blocks["product"]

    assert chooser.to_python(given) == 7
    assert chooser.bulk_to_python([given, None]) == [7, None]


@pytest.mark.parametrize("given", [None, "", "seven", -1, 0, 10**30, float("inf"), {}, []])
def test_what_is_no_number_chooses_nothing(given: Any) -> None:
    assert block("product").child_blocks["product"].to_python(given) is None


def test_a_draft_may_name_what_is_not_there_and_a_published_story_may_not() -> None:
    from django.core.exceptions import ValidationError

    product = block("product")
    value = product.to_python({"product": UNHEARD_OF})

    assert product.clean_deferred(value)["product"] == UNHEARD_OF
    with pytest.raises(ValidationError):
        product.clean(value)


def block(kind: str) -> StructBlock:
    return StoryBlocks().child_blocks[kind]


def test_who_compares_two_versions_reads_the_names_of_products() -> None:
    lota = make_product()

    chooser = StoryPage.body.field.stream_block.child_blocks["product"].child_blocks["product"]

    assert (chooser.render_basic(lota.pk), chooser.render_basic(UNHEARD_OF)) == ("Brass lota", "")
