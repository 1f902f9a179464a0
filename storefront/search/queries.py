"""Finding products, makers and stories by words, in both languages at once."""

from dataclasses import dataclass
from typing import Any

from modelsearch.backends import get_search_backend

from storefront.catalogue.models import Artisan, Product
from storefront.catalogue.queries import Card, cards, for_cards
from storefront.core.plugs import plug
from storefront.media.queries import PictureView, picture_view, with_renditions
from storefront.media.rules import Use

PAGE_SIZE = 24
MAKERS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class MakerCard:
    """A maker in a list."""

    name: str
    url: str
    craft_name: str
    town: str
    picture: PictureView | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of products; makers and stories come with the first."""

    total: int
    page: int
    pages: int
    cards: list[Card]
    makers: list[MakerCard]
    stories: list[Any]


NOTHING = Found(total=0, page=1, pages=1, cards=[], makers=[], stories=[])


def find(words: str, *, page: int) -> Found:
    """Return what holds all the words, best first; the last page if there are fewer."""
    results = for_cards(Product.objects.live()).search(words)
    total = results.count()
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(page, 1), pages)
    shown = results[(number - 1) * PAGE_SIZE : number * PAGE_SIZE] if total else []
    is_first = number == 1
    return Found(
        total=total,
        page=number,
        pages=pages,
        cards=cards(shown),
        makers=_makers(words) if is_first else [],
        stories=list(plug("STORY_SEARCH")(words)) if is_first else [],
    )


def _makers(words: str) -> list[MakerCard]:
    makers = Artisan.objects.select_related("craft", "portrait").prefetch_related(
        with_renditions("portrait__renditions", Use.CARD)
    )
    return [
        MakerCard(
            name=maker.name,
            url=maker.get_absolute_url(),
            craft_name=maker.craft.name,
            town=maker.town,
            picture=picture_view(maker.portrait, Use.CARD) if maker.portrait else None,
        )
        for maker in get_search_backend().search(words, makers)[:MAKERS_SHOWN]
    ]
