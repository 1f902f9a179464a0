"""A kind of page to measure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.browser import UnexpectedError
from benchmarks.wire import Reply

# From a twentieth of the catalogue down to a few products in it.
SEARCHES = (
    "bowl",
    "peacock+bowl",
    "carpet",
    "engraved+mirror",
    "lamp+agra",
    "lotus+stool",
    "jar",
    "painted+bell",
    "elephant+toy+meerut",
    "vine+curtain",
)


# What people type besides, as addresses write it: a word of every product, a rare one, misspelt,
# in Hindi, Hindi in Latin letters, two words, and what is nowhere.
EVERY_KIND = (
    "bowl",
    "hand",
    "rattle+prayagraj",
    "elefant",
    "carpett",
    "%E0%A4%95%E0%A4%9F%E0%A5%8B%E0%A4%B0%E0%A4%BE",
    "%E0%A4%AE%E0%A5%8B%E0%A4%B0+%E0%A4%95%E0%A4%BE+%E0%A4%A6%E0%A5%80%E0%A4%AA%E0%A4%95",
    "katora",
    "jhunjhuna",
    "lotus+stool",
    "samovar",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of page: examples of it, and how often at least a pattern must be in each."""

    name: str
    paths: Sequence[str]
    shows: str
    times: int = 1

    def check(self, reply: Reply) -> None:
        """Raises: UnexpectedError: another status, or not what the page should show."""
        if reply.status != 200:
            raise UnexpectedError(f"status {reply.status}")
        found = len(re.findall(self.shows, reply.text))
        if found < self.times:
            raise UnexpectedError(f"{self.shows!r} is there {found} times, not {self.times}")
