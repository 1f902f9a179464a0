"""The spellings of one word, in Devanagari and in Latin letters, folded until they meet."""

import re
import unicodedata
from functools import lru_cache

from storefront.atlas.rules import fold_digits

# Note [A word's key]
# Hindi does not write its short a, and Latin letters do as the writer likes: चिकनकारी, chikankari,
# chiknkaari. So a key has no a but a first one, and of each pair that people mix up (z and j,
# sh and s, ee and i …) one letter. Words with the same key are taken for the same word.

_HINDI = "क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म य र ल ळ व श ष स ह"
_LATIN = "k kh g gh n ch ch j jh n t th d dh n t th d dh n p ph b bh m y r l l v sh sh s h"
_VOWELS_HINDI, _SIGNS_HINDI = "अ आ इ ई उ ऊ ऋ ए ऐ ओ औ ऑ ऍ", "ा ि ी ु ू ृ े ै ो ौ ॉ ॅ"
_VOWELS_LATIN = "a a i i u u ri e ai o au o e"
_CONSONANTS = dict(zip(_HINDI.split(), _LATIN.split(), strict=True))
_VOWELS = dict(zip(_VOWELS_HINDI.split(), _VOWELS_LATIN.split(), strict=True))
_SIGNS = dict(zip(_SIGNS_HINDI.split(), _VOWELS_LATIN.split()[1:], strict=True))
# A dot below: ज़ and ड़; the flapped ड़ is written r or d in Latin letters.
_DOTTED = {"ड": "R", "ढ": "Rh", "ज": "j", "फ": "ph"}
_DOT, _NO_VOWEL, _NASALS, _LIPS = "\u093c", "\u094d", "\u0901\u0902", "पफबभम"
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_JOINERS = re.compile("[\u200b-\u200d\ufeff]")
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_](?:[^\W_]|[\u0900-\u0963\u0966-\u097f])*")
_POSSESSIVE = re.compile(r"['’]s\b")
_MERGED = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"tch|chh|ch", "C"), (r"ck|q", "k"), (r"x", "ks"), (r"ph", "f"), (r"sh", "S"),
        (r"z", "j"), (r"w", "v"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"C", "c"),
        (r"ee", "i"), (r"oo", "u"), (r"iy", "i"), (r"(?<=.)y$", "i"), (r"(.)\1+", r"\1"),
        (r"au", "o"),
    )
)  # fmt: skip  # a table
# What tells that a word is of several things, and what stands there for one.
_ONE_OF_MANY = tuple(
    (re.compile(ending), one)
    for ending, one in (
        (r"िय(?:ाँ|ां|ों)$", "ी"), (r"े$", "ा"), (r"(?:ों|ें)$", ""),
        (r"iya?an$|iyon$", "i"), (r"(?<=..)ies$", "y"), (r"(?<=..[^s])s$", ""),
    )
)  # fmt: skip  # a table
_SMALL = (
    "का की के में से और को पर ने वाला वाली वाले ka ki ke mein me se aur ko wala wali wale"
    " a an and for from in of on or the to with"
)
STOP_WORDS = frozenset(_SMALL.split())


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, each written in one way only."""
    one_way = _JOINERS.sub("", unicodedata.normalize("NFC", text)).casefold()
    return _WORD.findall(fold_digits(_POSSESSIVE.sub("", one_way)))


def telling(words: list[str]) -> list[str]:
    """Return the words that say what is meant; all of them if none does."""
    return [word for word in words if word not in STOP_WORDS and not _is_letter(word)] or words


def is_hindi(text: str) -> bool:
    """Return whether there is Devanagari in it."""
    return bool(_DEVANAGARI.search(text))


@lru_cache(maxsize=1 << 16)
def sounds(word: str) -> tuple[str, ...]:
    """
    Return a word in a few Latin letters: vowels short, none doubled, S for sh.

    Two ways if a letter is read in two, the likelier first.
    """
    letters = _spelt(word) if is_hindi(word) else _without_accents(word)
    for pattern, letter in _MERGED:
        letters = pattern.sub(letter, letters)
    if "R" not in letters:
        return (letters,)
    return letters.replace("R", "r"), letters.replace("R", "d")


def roman(word: str) -> str:
    """Return a word in a few Latin letters, as most people write it."""
    return sounds(word)[0].lower()


@lru_cache(maxsize=1 << 16)
def keys(word: str) -> tuple[str, ...]:
    """Return what all spellings of a word share, two if one letter can be read in two ways."""
    return tuple(key.lower() for key in strict_keys(word))


def strict_keys(word: str) -> tuple[str, ...]:
    """Return a word's keys that still tell s from sh."""
    return tuple(f"{sound[:1]}{sound[1:].replace('a', '')}" for sound in sounds(word))


@lru_cache(maxsize=1 << 16)
def all_keys(word: str) -> tuple[str, ...]:
    """Return the keys of a word, and of one such thing if it says several."""
    ones = (ending.sub(one, word) for ending, one in _ONE_OF_MANY if ending.search(word))
    return tuple(dict.fromkeys(key for each in (word, *ones) for key in keys(each)))


def _is_letter(word: str) -> bool:
    return len(word) == 1 and "a" <= word <= "z"


def _without_accents(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _spelt(word: str) -> str:
    """Return Devanagari in Latin letters, with the short a that no letter says."""
    letters = unicodedata.normalize("NFD", word).replace("ज्ञ", "ग्य")
    spelt: list[str] = []
    lacks_vowel = False
    for place, letter in enumerate(letters):
        if letter == _DOT:
            if spelt:
                spelt[-1] = _DOTTED.get(letters[place - 1], spelt[-1])
            continue
        if lacks_vowel and letter not in _SIGNS and letter != _NO_VOWEL:
            spelt.append("a")
        lacks_vowel = letter in _CONSONANTS
        spelt.append(_letter(letter, letters[place + 1 : place + 2]))
    return "".join(spelt)


def _letter(letter: str, following: str) -> str:
    if letter in _NASALS:
        return "m" if following and following in _LIPS else "n"
    for known in (_CONSONANTS, _SIGNS, _VOWELS):
        if letter in known:
            return known[letter]
    return "" if is_hindi(letter) else letter
