"""What is made of what somebody typed into the search box."""

import unicodedata

import pytest
from django.http import QueryDict

from storefront.search.forms import LONGEST, Question, read_question


def ask(typed: str, page: str = "") -> Question:
    """Return the question that a query makes."""
    query = QueryDict(mutable=True)
    query.update({"q": typed, "page": page})
    return read_question(query)


def test_nothing_typed_is_an_empty_question():
    assert read_question(QueryDict("")) == Question(words="", page=1, was_cut=False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  brass \t lota\n", "brass lota"),
        ("brass\x00lota", "brass lota"),
        ("चिकन\u200dकारी", "चिकन\u200dकारी"),
    ],
)
def test_words_are_put_on_one_line_and_joiners_kept(typed: str, words: str):
    assert ask(typed).words == words


def test_hindi_is_written_in_one_way():
    two_signs = unicodedata.normalize("NFD", "ज़रदोज़ी")

    assert ask(two_signs).words == ask("ज़रदोज़ी").words


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 10_000])
def test_long_questions_are_cut_and_said_to_be(length: int):
    question = ask("x" * length)

    assert question.words == "x" * LONGEST
    assert question.was_cut == (length > LONGEST)


@pytest.mark.parametrize(
    ("typed", "has"), [("🪔", False), ("- — '", False), ("", False), ("ल", True), ("7", True)]
)
def test_only_letters_and_digits_can_be_found(typed: str, has: bool):
    assert ask(typed).has_letters == has


@pytest.mark.parametrize(
    ("typed", "page"), [("2", 2), ("२", 2), ("-1", 1), ("x", 1), ("9" * 20, 1)]
)
def test_senseless_pages_are_the_first(typed: str, page: int):
    assert ask("lota", page=typed).page == page
