"""What somebody who searches may mean: each word with its spellings, synonyms, mistakes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from storefront.search.rules.folding import strict_keys, telling, words_of
from storefront.search.rules.vocabulary import Name, Phrase, Vocabulary, in_script_of

# A question of more words is cut; three words at most are one (चिकन कारी, "wheat stalk art").
MOST_WORDS, LONGEST_PHRASE = 8, 3


@dataclass(frozen=True, slots=True)
class Unit:
    """One or more typed words that are one thing, and all that may be meant, as typed first."""

    typed: Phrase
    means: tuple[Phrase, ...]
    is_known: bool
    is_exact: bool

    @property
    def asked(self) -> str:
        """Return it as PostgreSQL's `to_tsquery` wants it: any of the meanings."""
        return "(" + " | ".join(map(all_of, self.means)) + ")"

    @property
    def keys(self) -> set[str]:
        """Return the strict keys of all words it may mean."""
        return {key for phrase in self.means for word in phrase for key in strict_keys(word)}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question as it is understood: every unit must be found, by any of its meanings."""

    units: tuple[Unit, ...]
    is_corrected: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return the words it is asked by."""
        return " ".join(word for unit in self.units for word in unit.typed)

    @property
    def asked(self) -> str:
        """Return it as PostgreSQL's `to_tsquery` wants it: all units, each in any meaning."""
        return " & ".join(unit.asked for unit in self.units)

    @property
    def typed(self) -> str:
        """Return the words just as typed, in the same way."""
        return all_of(tuple(word for unit in self.units for word in unit.typed))

    def places(self, vocabulary: Vocabulary) -> list[Name]:
        """Return the crafts and districts that are meant."""
        return vocabulary.places([unit.keys for unit in self.units])


def read_meaning(text: str, vocabulary: Vocabulary) -> Meaning:
    """Return what the words may mean, as long as none of them is taken for a mistake."""
    words = telling(words_of(text))[:MOST_WORDS]
    return Meaning(units=tuple(_units(words, vocabulary)))


def corrected(meaning: Meaning, vocabulary: Vocabulary) -> Meaning | None:
    """
    Return the question with its mistakes mended, and without what nothing on show resembles.

    Nothing if that would be the same question, or none.
    """
    mended = [_mended(unit, vocabulary) for unit in meaning.units]
    kept = tuple(unit for unit in mended if unit)
    if not kept or kept == meaning.units:
        return None
    was_typed = zip(meaning.units, mended, strict=True)
    return Meaning(
        units=kept,
        is_corrected=any(new and new.typed != old.typed for old, new in was_typed),
        left_out=tuple(
            " ".join(old.typed)
            for old, new in zip(meaning.units, mended, strict=True)
            if new is None
        ),
    )


def all_of(phrase: Phrase) -> str:
    """Return words that must all be there; `words_of` lets no quote into a word."""
    return "(" + " & ".join(f"'{word}'" for word in phrase) + ")"


def _units(words: list[str], vocabulary: Vocabulary) -> Iterator[Unit]:
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
            unit = _unit(tuple(words[place : place + length]), vocabulary)
            if unit.is_known or length == 1:
                yield unit
                place += length
                break


def _unit(typed: Phrase, vocabulary: Vocabulary) -> Unit:
    same = [(word,) for word in vocabulary.same(typed)]
    synonyms = vocabulary.synonyms(typed)
    means = list(dict.fromkeys([typed, *same, *synonyms]))
    if len(means) == 1 and typed[0] not in vocabulary.words and len(typed) == 1:
        halves = vocabulary.halves(typed[0])
        means += [halves] if halves else []
    is_exact = bool(synonyms) or (len(typed) == 1 and typed[0] in vocabulary.words)
    return Unit(
        typed=typed,
        means=tuple(means),
        is_known=is_exact or len(means) > 1,
        is_exact=is_exact,
    )


def _mended(unit: Unit, vocabulary: Vocabulary) -> Unit | None:
    """Return the unit with words near to it; nothing if it is unknown and nothing is near."""
    if unit.is_exact or len(unit.typed) > 1:
        return unit
    near = in_script_of(vocabulary.near(unit.typed[0]), unit.typed[0])
    meant = [_unit((word,), vocabulary) for word in near]
    more = [phrase for each in meant for phrase in each.means]
    if unit.is_known:
        return replace(unit, means=tuple(dict.fromkeys([*unit.means, *more])))
    return replace(meant[0], means=tuple(dict.fromkeys(more))) if meant else None
