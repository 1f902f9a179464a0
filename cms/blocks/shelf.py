"""What the blocks of one page show of the shop, read at once, however many blocks there are."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.blocks import (
    BaseStreamBlock,
    BaseStructBlock,
    Block,
    BoundBlock,
    ListBlock,
    StructBlock,
    StructValue,
)
from wagtail.images.blocks import ImageBlock

from cms.atlas_map import Tile, district_map
from cms.choosers import MakerChooserBlock, ProductChooserBlock
from cms.pictures import load_renditions, shown, with_own_words
from cms.product_rows import RowValue, Rule, found_by
from storefront.catalogue.models import Artisan
from storefront.catalogue.queries import Card, MakerCard, cards_of, maker_card
from storefront.media.models import Picture
from storefront.media.queries import PictureView
from storefront.media.rules import Use


@dataclass(frozen=True)  # no slots: the map is remembered beside them
class Shelf:
    """
    Products on sale, what the rows found, makers, and pictures.

    What was deleted or withdrawn is not there. The pictures are the blocks' own and the makers'
    portraits; before one is shown, their renditions must have been fetched.
    """

    cards: Mapping[int, Card]
    rows: Mapping[Rule, list[int]]
    makers: Mapping[int, Artisan]
    pictures: tuple[Picture, ...]

    @cached_property
    def tiles(self) -> dict[str, Tile]:
        """Return the districts on the map by slug; asked for when a block marks some."""
        return {tile.slug: tile for tile in district_map().tiles}

    def products(self, numbers: Iterable[int | None]) -> list[Card]:
        """Return those of the products that are on sale."""
        return [self.cards[number] for number in numbers if number and number in self.cards]

    def row(self, rule: Rule) -> list[Card]:
        """Return what a rule found; in an editor's preview it may be sold out by now."""
        found = self.products(self.rows.get(rule, ()))
        return [card for card in found if card.free > 0] if rule.in_stock else found

    def picture(self, picture: Picture | None) -> PictureView | None:
        """Return a picture with what the story says of it, or nothing if it was deleted."""
        return with_own_words(picture)

    def maker(self, number: int | None) -> MakerCard | None:
        """Return a maker, or nothing if there is none any more."""
        found = self.makers.get(number or 0)
        return maker_card(found, shown(found.portrait, Use.CARD)) if found else None


def stocked(blocks: Iterable[BoundBlock]) -> Shelf:
    """Return what these blocks show; a query for products, one more for rows, one for makers."""
    inside = [leaf for bound in blocks for leaf in inside_of(bound.block, bound.value)]
    rows = found_by({value.rule for _block, value in inside if isinstance(value, RowValue)})
    chosen = _of(ProductChooserBlock, inside)
    wanted = dict.fromkeys([*chosen, *(number for row in rows.values() for number in row)])
    makers = _makers(_of(MakerChooserBlock, inside))
    portraits = [maker.portrait for maker in makers.values() if maker.portrait]
    return Shelf(
        cards={card.id: card for card in cards_of(wanted, on_sale=True)},
        rows=rows,
        makers=makers,
        pictures=(*_of(ImageBlock, inside), *portraits),
    )


def pictures_in(blocks: Iterable[BoundBlock]) -> list[Picture]:
    """Return the pictures that blocks name, each with what its story says of it."""
    return _of(ImageBlock, [leaf for each in blocks for leaf in inside_of(each.block, each.value)])


class ShelfBlock(StructBlock):
    """A block that shows things of the shop: its page's shelf has them, or one of its own."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add what the block shows."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        shelf: Shelf | None = context.get("shelf")
        if shelf is None:
            shelf = stocked([self.bind(value)])
            load_renditions(shelf.pictures)
        return context | self.shown(value, shelf)

    @abstractmethod
    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return what the block's template shows."""


def _makers(numbers: list[int]) -> dict[int, Artisan]:
    if not numbers:
        return {}
    return Artisan.objects.select_related("craft", "portrait").in_bulk(numbers)


def _of(kind: type[Block], inside: Iterable[tuple[Block, Any]]) -> list[Any]:
    return [value for block, value in inside if isinstance(block, kind) and value]


def inside_of(block: Block, value: Any) -> Iterator[tuple[Block, Any]]:
    """Yield a block and all that stand inside it, however deep, each with its value."""
    yield block, value
    # A picture is one value, though Wagtail keeps it as three.
    if isinstance(block, BaseStructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            yield from inside_of(child, value.get(name))
    elif isinstance(block, ListBlock):
        for each in value or ():
            yield from inside_of(block.child_block, each)
    elif isinstance(block, BaseStreamBlock):
        for each in value or ():
            yield from inside_of(each.block, each.value)
