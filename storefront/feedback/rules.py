"""How long words and how many pictures may be, and how stars are counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MOST_STARS = 5
MOST_PHOTOS = 4
LONGEST_TITLE, LONGEST_REVIEW = 100, 3000
LONGEST_QUESTION, LONGEST_ANSWER = 500, 1500
QUESTIONS_A_DAY = 5
A_DAY = timedelta(days=1)


class Sort(StrEnum):
    """In which order reviews are read."""

    NEWEST = "newest"
    HIGHEST = "highest"
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True)
class Spread:
    """How many published reviews gave one star, two, … five."""

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def total(self) -> int:
        """Return how many reviews there are."""
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """Return the stars on average, with one place; nothing if nobody said anything."""
        if not self.total:
            return None
        stars = sum(score * count for score, count in enumerate(self.counts, start=1))
        # Half up, as people round: 4.25 is 4.3.
        return int(stars * 10 / self.total + 0.5) / 10

    def rows(self) -> list[tuple[int, int]]:
        """Return stars and how many gave them, five stars first."""
        return [(score, self.counts[score - 1]) for score in range(MOST_STARS, 0, -1)]


def spread_of(counts: Sequence[int]) -> Spread:
    """Return a spread from five numbers, of one star first."""
    one, two, three, four, five = counts
    return Spread((one, two, three, four, five))
