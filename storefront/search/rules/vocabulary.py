"""The words and names of what is on show, found by any spelling, meaning or beginning."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product, takewhile
from typing import TypeVar

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from storefront.search.rules.folding import (
    all_keys,
    is_hindi,
    keys,
    roman,
    sounds,
    strict_keys,
    telling,
    words_of,
)

Phrase = tuple[str, ...]
Item = TypeVar("Item")
# More spellings of a word than this nobody reads; more near ones are no longer near.
MOST_SAME, MOST_NEAR, MOST_NEARBY = 8, 3, 6
# A short word with a mistake could be anything.
_MISTAKES = ((8, 2), (4, 1))
# Of a hundred: two words with fewer letters in common are not the same one misspelt.
_LIKE_ENOUGH, _NEARLY_AS_LIKE, _NEARBY_ENOUGH = 70, 5, 72


class Kind(StrEnum):
    """What a term is: a word of the texts, or the name of something that has a page."""

    WORD = "word"
    CRAFT = "craft"
    DISTRICT = "district"
    MAKER = "maker"
    PRODUCT = "product"


PLACES = (Kind.CRAFT, Kind.DISTRICT)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of something that has a page; `others` are names it had, commas between."""

    kind: Kind
    english: str
    hindi: str
    others: str
    slug: str
    number: int

    @property
    def texts(self) -> list[str]:
        """Return every name it is known by."""
        return [text for text in (self.english, self.hindi, *self.others.split(",")) if text]


class Vocabulary:
    """All words and names, those put first that are met most; synonyms as editors wrote them."""

    def __init__(
        self, *, words: Iterable[str] = (), names: Iterable[Name] = (), groups: Iterable[str] = ()
    ) -> None:
        self.words = {word: place for place, word in enumerate(words)}
        self.names = list(names)
        self._same = _gathered((key, word) for word in self.words for key in all_keys(word))
        self._meanings = _gathered(
            (key, meaning)
            for group in map(_phrases, groups)
            for phrase in group
            for key in joined_keys(phrase)
            for meaning in group
        )
        self._named = _gathered(
            (key, place)
            for place, name in enumerate(self.names)
            if name.kind in PLACES
            for key in _keys_of(name)
        )
        self._beginnings = sorted(self._all_beginnings())
        self._listed = list(self.words)
        self._keys = [keys(word)[0] for word in self._listed]

    def same(self, phrase: Phrase) -> list[str]:
        """Return the words that are the phrase's own in another spelling or script."""
        found: list[str] = []
        for folded in (joined_keys(phrase), joined_keys(phrase, several=True)):
            found = found or [word for key in folded for word in self._same.get(key, ())]
        return _likest(list(dict.fromkeys(found)), "".join(phrase))[:MOST_SAME]

    def synonyms(self, phrase: Phrase) -> list[Phrase]:
        """Return what editors say means the same."""
        folded = joined_keys(phrase, several=True)
        found = (each for key in folded for each in self._meanings.get(key, ()))
        return list(dict.fromkeys(found))

    def halves(self, word: str) -> Phrase:
        """Return the two known words that a word is made of; nothing if there are no such."""
        for place in range(3, len(word) - 2):
            halves = word[:place], word[place:]
            if all(self._same.get(keys(half)[0]) for half in halves):
                return halves
        return ()

    def near(self, word: str) -> list[str]:
        """Return the words that this one may be with a mistake or two, the likeliest first."""
        letters = roman(word)
        allowed = next((most for length, most in _MISTAKES if len(letters) >= length), 0)
        if not allowed:
            return []
        found = process.extract(
            keys(word)[0], self._keys, scorer=OSA.distance, score_cutoff=allowed, limit=60
        )
        ranked = sorted(
            (int(mistakes), -fuzz.ratio(letters, roman(self._listed[place])), place)
            for _, mistakes, place in found
            if self._listed[place] != word
        )
        close = [each for each in ranked if -each[1] >= _LIKE_ENOUGH]
        if not close:
            return []
        fewest, likeness = close[0][0], -close[0][1] - _NEARLY_AS_LIKE
        best = [each for each in close if each[0] == fewest and -each[1] >= likeness]
        return [self._listed[place] for _, _, place in best[:MOST_NEAR]]

    def places(self, units: list[set[str]]) -> list[Name]:
        """
        Return the crafts and districts whose name holds all that is asked, or the other way round.

        `units` are the strict keys of all meanings of each word.
        """
        asked = {key for unit in units for key in unit}
        candidates = sorted({place for key in asked for place in self._named.get(key, ())})
        return [self.names[place] for place in candidates if _fits(self.names[place], units, asked)]

    def nearby(self, text: str) -> list[Name]:
        """Return crafts and districts whose name is like the text, the likest first."""
        places = [name for name in self.names if name.kind in PLACES]
        typed = " ".join(roman(word) for word in words_of(text))
        likeness = {
            place: max(
                fuzz.partial_ratio(typed, " ".join(map(roman, words_of(name))), score_cutoff=50)
                for name in each.texts
            )
            for place, each in enumerate(places)
        }
        like = [place for place, ratio in likeness.items() if ratio >= _NEARBY_ENOUGH]
        like.sort(key=lambda place: -likeness[place])
        return [places[place] for place in like[:MOST_NEARBY]]

    def beginning(self, letters: str) -> Iterator[tuple[str, int]]:
        """Return words of the terms that begin so, each with the place of its term; -1 is none."""
        start = bisect_left(self._beginnings, (letters, "", -1))
        matching = takewhile(
            lambda each: each[0].startswith(letters), islice(self._beginnings, start, None)
        )
        for _, word, place in matching:
            yield word, place

    def _all_beginnings(self) -> Iterator[tuple[str, str, int]]:
        for word in self.words:
            yield roman(word), word, -1
        for place, name in enumerate(self.names):
            for word in {word for phrase in _telling(name) for word in phrase}:
                yield roman(word), word, place


def joined_keys(phrase: Phrase, *, several: bool = False) -> list[str]:
    """Return the keys of a phrase as if it were one word; of one thing too if it is `several`."""
    if several and len(phrase) == 1:
        return list(all_keys(phrase[0]))
    return ["".join(each) for each in product(*(keys(word) for word in phrase))]


def _likest(words: list[str], typed: str) -> list[str]:
    """
    Return the words that sound like the typed one, of each script.

    A key is coarse: brass and ब्रश share it, रंग and राँगा. Where some sound the same, others go.
    """
    heard = set(sounds(typed))
    hushed = {"S" in sound for sound in heard}
    strict = [word for word in words if hushed & {"S" in sound for sound in sounds(word)}] or words
    likest: list[str] = []
    for hindi in (False, True):
        written = [word for word in strict if is_hindi(word) == hindi]
        likest += [word for word in written if heard & set(sounds(word))] or written
    return likest


def in_script_of(words: Iterable[str], typed: str) -> list[str]:
    """Return the words, those first that are written in the script of what was typed."""
    hindi = is_hindi(typed)
    return sorted(words, key=lambda word: is_hindi(word) != hindi)


def _gathered(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    gathered: dict[str, list[Item]] = {}
    for key, item in pairs:
        gathered.setdefault(key, []).append(item)
    return gathered


def _phrases(group: str) -> list[Phrase]:
    phrases = (tuple(words_of(phrase)) for phrase in group.split(","))
    return [phrase for phrase in phrases if phrase]


def _telling(name: Name) -> list[list[str]]:
    return [telling(words_of(text)) for text in name.texts]


def _keys_of(name: Name) -> set[str]:
    return {key for told in _telling(name) for word in told for key in strict_keys(word)}


def _fits(name: Name, units: list[set[str]], asked: set[str]) -> bool:
    phrases = [[set(strict_keys(word)) for word in phrase] for phrase in _telling(name)]
    known = _keys_of(name)
    return all(unit & known for unit in units) or any(
        all(word & asked for word in phrase) for phrase in phrases
    )
