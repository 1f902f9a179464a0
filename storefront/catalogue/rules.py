"""What states a product can be in, when stock is called low, and how much is in a pack."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from storefront.core.money import rupees

LOW_STOCK = 3
# Working days in which what lies ready leaves the workshop.
READY_STOCK_DAYS = 2


class ProductState(StrEnum):
    """A product's life: written, offered, checked, sold, taken back."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent-back"
    LIVE = "live"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[ProductState, frozenset[ProductState]] = {
    ProductState.DRAFT: frozenset({ProductState.SUBMITTED}),
    ProductState.SUBMITTED: frozenset({ProductState.LIVE, ProductState.SENT_BACK}),
    ProductState.SENT_BACK: frozenset({ProductState.SUBMITTED, ProductState.WITHDRAWN}),
    ProductState.LIVE: frozenset({ProductState.WITHDRAWN}),
    ProductState.WITHDRAWN: frozenset({ProductState.LIVE}),
}


class StockState(StrEnum):
    """What a buyer is told about stock."""

    IN_STOCK = "in_stock"
    LOW = "low"
    MADE_TO_ORDER = "made_to_order"
    HELD = "held"
    SOLD_OUT = "sold_out"


def stock_state(*, free: int, lead_days: int, is_held: bool = False) -> StockState:
    """Return what to say when so many pieces are free; `is_held`: some may be again, soon."""
    if free <= 0:
        return StockState.HELD if is_held else StockState.SOLD_OUT
    if lead_days:
        return StockState.MADE_TO_ORDER
    return StockState.LOW if free <= LOW_STOCK else StockState.IN_STOCK


class Unit(StrEnum):
    """What goods are measured in."""

    GRAM = "g"
    KILOGRAM = "kg"
    MILLILITRE = "ml"
    LITRE = "l"
    CENTIMETRE = "cm"
    METRE = "m"
    PIECE = "piece"
    PAIR = "pair"


# What is in a pack is kept in these; what is much is told in the larger unit.
MEASURED = (Unit.GRAM, Unit.MILLILITRE, Unit.CENTIMETRE)
COUNTED = (Unit.PIECE, Unit.PAIR)
LARGER = {
    Unit.GRAM: (1000, Unit.KILOGRAM),
    Unit.MILLILITRE: (1000, Unit.LITRE),
    Unit.CENTIMETRE: (100, Unit.METRE),
}
# Families of crafts whose packs must say how much is in them: “one piece” tells nothing.
SOLD_BY_CONTENT = frozenset({"food-agro", "perfume", "cosmetic-adornment"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of something there is."""

    amount: Decimal
    unit: Unit

    def told(self) -> "Quantity":
        """Return the same in the unit in which it is told: 1.5 kg rather than 1500 g."""
        many, larger = LARGER.get(self.unit, (0, self.unit))
        if not many or self.amount < many:
            return self
        return Quantity(self.amount / many, larger)


ONE_PIECE = Quantity(Decimal(1), Unit.PIECE)


@dataclass(frozen=True, slots=True)
class Box:
    """The outer sides of a packed piece, in centimetres."""

    length: Decimal
    width: Decimal
    height: Decimal

    @property
    def cm3(self) -> Decimal:
        """Return how much room it takes."""
        return self.length * self.width * self.height


def may_say(net: Quantity, *, family: str) -> bool:
    """Return whether this is enough said of a pack of goods of a family of crafts."""
    return net != ONE_PIECE or family not in SOLD_BY_CONTENT


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What one gram, metre or piece costs, in rupees with GST."""

    price: Decimal
    per: Unit


def unit_price(price: Decimal, *, net: Quantity) -> UnitPrice | None:
    """
    Return what one unit of a pack at this price in rupees costs, rounded half up to the paisa.

    It is told per gram, millilitre or centimetre, and from one kilogram, litre or metre on per
    these; not at all where it is the price itself.
    Source: Legal Metrology (Packaged Commodities) Rules, 2011, rule 6(11), as substituted by
    G.S.R. 226(E) of 28 March 2022.
    """
    told = net.told()
    if told.amount == 1:
        return None
    return UnitPrice(rupees(price / told.amount), told.unit)
