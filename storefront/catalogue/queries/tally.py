"""How many products there are of each craft, district and maker, alone and in combination."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from storefront.catalogue.models import ProductQuerySet
from storefront.catalogue.queries.filters import FIELD, Group, Wish, fitting
from storefront.core.kept import kept

Chosen = dict[Group, list[int]]
Numbers = dict[Group, Counter[int]]


@dataclass(frozen=True, slots=True)
class Combination:
    """So many products share these; a product may have no maker."""

    keys: dict[Group, int | None]
    number: int

    def fits(self, chosen: Chosen) -> bool:
        """Return whether it is among the names chosen in every group."""
        return all(self.keys[group] in keys for group, keys in chosen.items())


class Tally:
    """
    All combinations that occur, counted once.

    The counts of every filter follow from it without asking the database again.
    """

    def __init__(self, combinations: Iterable[Combination]) -> None:
        self.all = list(combinations)
        self.total = sum(each.number for each in self.all)
        self.numbers = self._added(self.all)
        self._of: dict[tuple[Group, int | None], list[Combination]] = {}
        for each in self.all:
            for pair in each.keys.items():
                self._of.setdefault(pair, []).append(each)

    def fitting(self, chosen: Chosen) -> int:
        """Return how many products fit the names chosen."""
        wanted = {group: keys for group, keys in chosen.items() if keys}
        return sum(each.number for each in self._among(wanted)) if wanted else self.total

    def within(self, group: Group, chosen: Chosen) -> Counter[int]:
        """Return what each name of a group would give within the other groups' names."""
        others = {other: keys for other, keys in chosen.items() if keys and other != group}
        return self._added(self._among(others))[group] if others else self.numbers[group]

    def _among(self, wanted: Chosen) -> list[Combination]:
        group, keys = next(iter(wanted.items()))
        candidates = (each for key in keys for each in self._of.get((group, key), ()))
        return [each for each in candidates if each.fits(wanted)]

    @staticmethod
    def _added(combinations: Iterable[Combination]) -> Numbers:
        numbers: Numbers = {group: Counter() for group in Group}
        for each in combinations:
            for group, key in each.keys.items():
                if key is not None:
                    numbers[group][key] += each.number
        return numbers


def tally_of(wish: Wish) -> Tally:
    """Return the tally of what fits the price and stock asked for; of the whole shop it is kept."""
    if wish.is_about_names:
        return whole_shop()
    return _counted(fitting(wish, {}))


@kept("COUNTS_KEPT_SECONDS")
def whole_shop() -> Tally:
    """Return the tally of all that is on sale."""
    return _counted(fitting(Wish(), {}))


def _counted(products: ProductQuerySet) -> Tally:
    rows = products.order_by().values_list(*FIELD.values()).annotate(number=Count("pk"))
    return Tally(Combination(dict(zip(FIELD, keys, strict=True)), number) for *keys, number in rows)
