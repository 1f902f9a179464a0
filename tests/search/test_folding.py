"""Spellings of one word meet in one key."""

import pytest

from storefront.search.rules.folding import (
    all_keys,
    keys,
    roman,
    sounds,
    telling,
    words_of,
)


@pytest.mark.parametrize(
    "spellings",
    [
        "चिकनकारी chikankari chiknkaari chikankaree",
        "चिकन chikan chikkan",
        "साड़ी saree sari sadi saadi",
        "ज़रदोज़ी जरदोजी zardozi jardoji",
        "कढ़ाई kadhai karhai",
        "गुड़ gur gud",
        "पीतल peetal pital",
        "वाराणसी varanasi waranasi",
        "फूल phool ful",
        "क़ालीन कालीन kaleen qalin",
        "अंबेडकर ambedkar",
        "अयोध्या ayodhya",
        "हींग hing heeng",
        "बाँसुरी बांसुरी bansuri baansuri",
        "शॉल sol",
        "संस्कृति sanskriti",
        "ज्ञान gyan",
        "क्षेत्र kshetr xetr",
        "चौकी choki chauki",
        "लखनऊ lakhnau",
        "दुःख dukh",
    ],
)
def test_spellings_of_one_word_share_a_key(spellings: str):
    word, *others = spellings.split()

    for other in others:
        assert set(keys(word)) & set(keys(other)), other


@pytest.mark.parametrize(
    ("one", "other"), [("lota", "lata2"), ("mala", "mela"), ("art", "rat"), ("tel", "tala")]
)
def test_other_words_keep_other_keys(one: str, other: str):
    assert not set(keys(one)) & set(keys(other))


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("चूड़ियाँ", "चूड़ी"),
        ("chudiyan", "chudi"),
        ("ताले", "ताला"),
        ("बर्तनों", "बर्तन"),
        ("lamps", "lamp"),
        ("batteries", "battery"),
    ],
)
def test_several_things_are_found_by_one(several: str, one: str):
    assert set(keys(one)) & set(all_keys(several))


def test_brass_is_no_brush_to_the_ear():
    assert set(keys("brass")) & set(keys("ब्रश"))
    assert not set(sounds("brass")) & set(sounds("ब्रश"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Brass-LOTA, 5.5 m ", ["brass", "lota", "5.5", "m"]),
        ("artisan’s work", ["artisan", "work"]),
        ("१२ सेमी। चिकन\u200dकारी", ["12", "सेमी", "चिकनकारी"]),
        ("🪔 <b> x_y", ["b", "x", "y"]),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_into_words(text: str, words: list[str]):
    assert words_of(text) == words


def test_small_words_say_nothing_unless_they_are_all_there_is():
    assert telling(["पीतल", "का", "लोटा", "a", "b"]) == ["पीतल", "लोटा"]
    assert telling(["का", "की"]) == ["का", "की"]


@pytest.mark.parametrize(
    ("word", "letters"),
    [("appliqué", "aplikue"), ("rice", "rise"), ("साड़ी", "sari")],
)
def test_a_word_is_written_in_few_letters(word: str, letters: str):
    assert roman(word) == letters
