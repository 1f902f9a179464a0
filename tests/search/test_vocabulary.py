"""What somebody may mean, without a database: spellings, synonyms, halves, mistakes, places."""

import re

import pytest

from storefront.search.rules.meaning import corrected, read_meaning
from storefront.search.rules.suggesting import Suggestion, suggestions
from storefront.search.rules.vocabulary import Kind, Name, Vocabulary

CHIKAN = Name(Kind.CRAFT, "Chikankari", "चिकनकारी", "", "chikankari", 0)
BLACK = Name(Kind.CRAFT, "Nizamabad black pottery", "काली मिट्टी", "", "black-pottery", 0)
BRUSHES = Name(Kind.CRAFT, "Brushes", "ब्रश", "", "brushes", 0)
VARANASI = Name(Kind.DISTRICT, "Varanasi", "वाराणसी", "Benares, Kashi", "varanasi", 0)
MEERA = Name(Kind.MAKER, "Meera Devi", "मीरा देवी", "", "meera-devi", 0)
LOTA = Name(Kind.PRODUCT, "Brass lota", "पीतल का लोटा", "", "brass-lota", 7)
WORDS = (
    "brass पीतल lota लोटा ब्रश chikankari चिकनकारी black pottery रंग राँगा saree साड़ी sarai kurta"
    " varanasi वाराणसी"
)
KNOWN = Vocabulary(
    words=WORDS.split(),
    names=[CHIKAN, BLACK, BRUSHES, VARANASI, MEERA, LOTA],
    groups=["jaggery, gur, गुड़", "chicken work, chikankari", "brass, पीतल", " , ,"],
)


def means(text: str) -> list[list[str]]:
    """Return all meanings of each unit."""
    return [[" ".join(phrase) for phrase in unit.means] for unit in read_meaning(text, KNOWN).units]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lota", [["lota", "लोटा"]]),
        ("पीतल का लोटा", [["पीतल", "brass"], ["लोटा", "lota"]]),
        ("gud", [["gud", "jaggery", "gur", "गुड़"]]),
        (
            "chikan kari kurta",
            [["chikan kari", "chikankari", "चिकनकारी", "chicken work"], ["kurta"]],
        ),
        ("chicken work", [["chicken work", "chikankari"]]),
        ("blackpottery", [["blackpottery", "black pottery"]]),
        ("sadi", [["sadi", "साड़ी"]]),
        ("sari", [["sari", "saree", "साड़ी"]]),
        ("रंग", [["रंग"]]),
        ("lotas", [["lotas", "lota", "लोटा"]]),
        ("xyzzy", [["xyzzy"]]),
    ],
)
def test_a_word_means_its_spellings_and_synonyms(text: str, meant: list[list[str]]):
    assert [sorted(each) for each in means(text)] == [sorted(each) for each in meant]


def test_only_the_first_eight_words_count():
    assert len(means("lota " * 50)) == 8


def test_postgresql_is_asked_for_every_unit_in_any_meaning():
    meaning = read_meaning("chicken work's lota", KNOWN)

    assert meaning.asked == ("(('chicken' & 'work') | ('chikankari')) & (('lota') | ('लोटा'))")
    assert meaning.typed == "('chicken' & 'work' & 'lota')"


@pytest.mark.parametrize(
    "text", ["' OR 1=1; --", "a & b | !c <-> (d:*)", "\\", "'", "x\x00y", "%s {{ 7 }}", "12'5"]
)
def test_nothing_that_is_typed_leaves_its_quotes(text: str):
    asked = read_meaning(text, KNOWN).asked

    assert re.fullmatch(r"(\(\('[\w.,]+'\)\)( & )?)*", asked)


@pytest.mark.parametrize(
    ("text", "asked", "left_out"),
    [
        ("chikenkari", "chikankari", ()),
        ("loota brass", "lota brass", ()),
        ("potrey", "pottery", ()),
        ("xyzzy lota", "lota", ("xyzzy",)),
        ("वाराणशी", "वाराणशी", ()),
    ],
)
def test_mistakes_are_mended_and_what_is_like_nothing_left_out(
    text: str, asked: str, left_out: tuple[str, ...]
):
    meaning = read_meaning(text, KNOWN)

    mended = corrected(meaning, KNOWN)

    assert (mended or meaning).words == asked
    assert (mended or meaning).left_out == left_out


@pytest.mark.parametrize("text", ["lota", "xyzzy", "x" * 100, "kot"])
def test_what_is_right_or_like_nothing_at_all_stays_as_it_is(text: str):
    assert corrected(read_meaning(text, KNOWN), KNOWN) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("chicken work", [CHIKAN]),
        ("काली मिट्टी", [BLACK]),
        ("pottery", [BLACK]),
        ("kashi", [VARANASI]),
        ("Varanasi brass lota", [VARANASI]),
        ("brass", []),
        ("devi", []),
    ],
)
def test_crafts_and_districts_are_found_by_all_their_names(text: str, found: list[Name]):
    assert read_meaning(text, KNOWN).places(KNOWN) == found


def test_where_nothing_is_found_places_of_a_like_name_are_offered_and_no_others():
    assert KNOWN.nearby("varansee")[0] == VARANASI
    assert KNOWN.nearby("xyzzy") == []


def test_an_empty_vocabulary_knows_only_what_was_typed():
    empty = Vocabulary()

    meaning = read_meaning("brass lota", empty)

    assert [unit.means for unit in meaning.units] == [(("brass",),), (("lota",),)]
    assert corrected(meaning, empty) is None
    assert empty.nearby("lota") == []
    assert suggestions("lo", empty, hindi=False) == []


@pytest.mark.parametrize(
    ("typed", "hindi", "first"),
    [
        ("chi", False, Suggestion(Kind.CRAFT, "Chikankari", "chikankari")),
        ("चिक", True, Suggestion(Kind.CRAFT, "चिकनकारी", "chikankari")),
        ("kash", False, Suggestion(Kind.DISTRICT, "Varanasi", "varanasi")),
        ("meer", True, Suggestion(Kind.MAKER, "मीरा देवी", "meera-devi")),
        ("brass l", False, Suggestion(Kind.PRODUCT, "Brass lota", "brass-lota", 7)),
        ("kurt", False, Suggestion(Kind.WORD, "kurta")),
        ("chikenkari", False, Suggestion(Kind.WORD, "chikankari")),
    ],
)
def test_names_and_words_are_suggested_while_somebody_types(
    typed: str, hindi: bool, first: Suggestion
):
    assert suggestions(typed, KNOWN, hindi=hindi)[0] == first


@pytest.mark.parametrize("typed", ["", "c", "🪔", "xyzzy", "xyzzy brass l"])
def test_too_little_or_too_strange_suggests_nothing(typed: str):
    assert suggestions(typed, KNOWN, hindi=False) == []


def test_a_district_and_its_name_as_a_word_are_suggested_once():
    assert suggestions("vara", KNOWN, hindi=False) == [
        Suggestion(Kind.DISTRICT, "Varanasi", "varanasi")
    ]


def test_there_are_never_more_than_eight_suggestions():
    many = Vocabulary(names=[Name(Kind.PRODUCT, f"Lamp {n}", "", "", "lamp", n) for n in range(30)])

    assert len(suggestions("la", many, hindi=False)) == 8
