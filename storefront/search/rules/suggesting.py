"""What the search box suggests while somebody types."""

from collections.abc import Iterator
from dataclasses import dataclass

from storefront.search.rules.folding import STOP_WORDS, is_hindi, keys, roman, words_of
from storefront.search.rules.vocabulary import Kind, Name, Vocabulary, in_script_of

MOST = 8
# How many of each kind at most; products fill what is left.
_AT_MOST = {Kind.CRAFT: 3, Kind.DISTRICT: 2, Kind.MAKER: 2, Kind.WORD: 3, Kind.PRODUCT: MOST}
# More matches than this are not looked at: the letters say too little.
_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word to search for, or something that has a page."""

    kind: Kind
    text: str
    slug: str = ""
    number: int = 0


def suggestions(text: str, vocabulary: Vocabulary, *, hindi: bool) -> list[Suggestion]:
    """Return at most eight words and names that go on as the text does, names in one language."""
    words = words_of(text)
    if not words or _says_nothing_yet(words):
        return []
    found = list(_going_on(words, vocabulary, hindi=hindi))
    if not found and len(words) == 1:
        near = in_script_of(vocabulary.near(words[0]), words[0])
        found = [Suggestion(Kind.WORD, word) for word in near]
    chosen: dict[str, Suggestion] = {}
    for kind, most in _AT_MOST.items():
        for each in [each for each in found if each.kind == kind][:most]:
            # A district and its name as a word would be the same line twice.
            chosen.setdefault(each.text.casefold(), each)
    return list(chosen.values())[:MOST]


def _says_nothing_yet(words: list[str]) -> bool:
    """Return whether there is but one Latin letter; one of Hindi has its vowel."""
    return len(words) == 1 and len(words[0]) == 1 and not is_hindi(words[0])


def _going_on(words: list[str], vocabulary: Vocabulary, *, hindi: bool) -> Iterator[Suggestion]:
    last = words[-1]
    before = [word for word in words[:-1] if word not in STOP_WORDS]
    matches = [
        match
        for match, _ in zip(vocabulary.beginning(roman(last)), range(_LOOKED_AT), strict=False)
    ]
    named = {place: False for _, place in matches if place >= 0}
    for word, place in matches:
        named[place] = named.get(place, False) or word.startswith(last)
    # What is written as it was typed comes before what only sounds like it.
    for place in sorted(named.keys() - {-1}, key=lambda place: (not named[place], place)):
        name = vocabulary.names[place]
        if _holds(name, before):
            text = (hindi and name.hindi) or name.english
            yield Suggestion(name.kind, text, name.slug, name.number)
    if before:
        return
    plain = {word for word, place in matches if place < 0 and is_hindi(word) == is_hindi(last)}
    for word in sorted(plain, key=lambda word: (not word.startswith(last), vocabulary.words[word])):
        yield Suggestion(Kind.WORD, word)


def _holds(name: Name, words: list[str]) -> bool:
    known = {key for text in name.texts for word in words_of(text) for key in keys(word)}
    return all(set(keys(word)) & known for word in words)
