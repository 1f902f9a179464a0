"""How a discount is shared among lines, which products a range holds, what an offer is called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from storefront.core.money import ZERO, share

# Staff write one name in both languages: "Diwali: 10% off / दीवाली: 10% छूट".
BETWEEN_LANGUAGES = " / "
_DEVANAGARI = re.compile("[\u0900-\u097f]")


class VoucherProblem(StrEnum):
    """Why a voucher takes nothing off a basket."""

    UNKNOWN = "unknown"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    USED_UP = "used-up"
    USED_BY_YOU = "used-by-you"
    NOT_COMBINABLE = "not-combinable"
    NOT_FOR_THIS = "not-for-this-basket"


@dataclass(frozen=True, slots=True)
class Discount:
    """
    What one offer takes off, in rupees: `parts` by basket line; off delivery there are none.

    `times` is how often the offer applied, as its limits count. The name is in both languages.
    A discount that is not an offer's, such as one for paying now, has no `offer_id`.
    """

    offer_id: int | None
    name: str
    times: int
    amount: Decimal
    parts: Mapping[int, Decimal]
    voucher_id: int | None = None
    code: str = ""

    @property
    def is_on_delivery(self) -> bool:
        """Return whether delivery gets cheaper, and not the goods."""
        return not self.parts


@dataclass(frozen=True, slots=True)
class RangeFacts:
    """What staff put into a range: ids of products and classes, paths of categories."""

    is_everything: bool
    products: frozenset[int]
    excluded: frozenset[int]
    classes: frozenset[int]
    categories: frozenset[str]
    excluded_categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What decides about a product: its own and its parent's ids, classes, category paths."""

    id: int
    ids: frozenset[int]
    classes: frozenset[int]
    categories: frozenset[str]


def holds(kept: RangeFacts, product: ProductFacts) -> bool:
    """Return whether a range holds a product, decided as Oscar's own query does."""
    if kept.is_everything:
        return product.id not in kept.excluded and not _is_below(
            product.categories, kept.excluded_categories
        )
    is_in = (
        product.ids & kept.products
        or product.classes & kept.classes
        or _is_below(product.categories, kept.categories)
    )
    return bool(is_in) and not product.ids & kept.excluded


def _is_below(paths: frozenset[str], tops: frozenset[str]) -> bool:
    """Return whether a category is one of these or below one: its path begins with theirs."""
    return any(path.startswith(top) for path in paths for top in tops)


def parts_of(
    amount: Decimal, weights: Mapping[int, Decimal], *, room: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    """
    Share a discount among lines by weight, in whole paise; no line gives more than its room.

    The parts add up to the amount, less what found no room.
    """
    if not weights:
        return {}
    shares = zip(weights, share(amount, list(weights.values())), strict=True)
    parts = {line: min(part, room[line]) for line, part in shares}
    return {line: part for line, part in parts.items() if part > ZERO}


def in_language(name: str, language: str) -> str:
    """Return the half of a name that is in this language; a name in one language is for all."""
    english, _, hindi = name.partition(BETWEEN_LANGUAGES)
    if not _DEVANAGARI.search(hindi):
        return name
    return hindi.strip() if language.startswith("hi") else english.strip()
