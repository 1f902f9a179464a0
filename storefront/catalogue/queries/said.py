"""What people say of a product and ask about it; who keeps that tells it (`SAID_OF_PRODUCT`)."""

from dataclasses import dataclass, field
from datetime import date

from storefront.media.queries import PictureView


@dataclass(frozen=True, slots=True)
class Review:
    """What a buyer says of it; only the first name is told."""

    score: int
    title: str
    body: str
    name: str
    on: date
    photos: list[PictureView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, and what the seller says."""

    question: str
    answer: str
    on: date


@dataclass(frozen=True, slots=True)
class Said:
    """
    The newest published reviews and answered questions.

    `spread` has stars and how many gave them, five stars first; `mean` is empty without any.
    """

    reviews: list[Review] = field(default_factory=list)
    questions: list[Answered] = field(default_factory=list)
    spread: list[tuple[int, int]] = field(default_factory=list)
    mean: float | None = None
    count: int = 0
