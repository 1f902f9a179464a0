"""Stories as small cards: what a list shows of a page."""

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
