"""Stories and makers as small cards: what a list shows of a page."""

from dataclasses import dataclass

from storefront.media.queries import PictureView


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list."""

    id: int
    title: str
    url: str
    summary: str
    picture: PictureView | None
    district_name: str
    date_text: str


@dataclass(frozen=True, slots=True)
class MakerCard:
    """A maker in a list."""

    name: str
    url: str
    picture: PictureView | None
    craft_name: str
    town: str
