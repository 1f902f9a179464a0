"""What of a story's blocks goes out as JSON: the shape of each."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from storefront.api.schemas.catalogue import Name, Picture, ProductOut
from storefront.api.schemas.money import Money


class MakerOut(Schema):
    """A maker of the shop."""

    name: str
    url: str | None = Field(description="Null if they may not be named in every language.")
    craft: str
    town: str
    picture: Picture | None


class ChapterOut(Schema):
    """The heading of a chapter."""

    type: Literal["chapter"] = "chapter"
    text: str


class ParagraphOut(Schema):
    """Paragraphs as HTML: p, b, i, a, ol, ul, li, and on plain pages h2 and h3."""

    type: Literal["paragraph"] = "paragraph"
    html: str


class QuoteOut(Schema):
    """What somebody said; with a `maker`, `attribution` adds to the maker's name."""

    type: Literal["quote"] = "quote"
    text: str
    attribution: str
    maker: MakerOut | None


class TermOut(Schema):
    """A word of the workshop, explained."""

    type: Literal["term"] = "term"
    term: str
    explanation: str


class StoryPictureOut(Schema):
    """A picture in a story; an empty `alt` means decoration."""

    type: Literal["picture"] = "picture"
    picture: Picture
    caption: str


class WidePictureOut(Schema):
    """A picture from one edge of the window to the other."""

    type: Literal["wide_picture"] = "wide_picture"
    picture: Picture
    caption: str


class GalleryPictureOut(Schema):
    """One picture of a gallery."""

    picture: Picture
    caption: str


class GalleryOut(Schema):
    """Several pictures together."""

    type: Literal["gallery"] = "gallery"
    title: str
    pictures: list[GalleryPictureOut]


class RecordingOut(Schema):
    """Sound or film with its transcript."""

    type: Literal["recording"] = "recording"
    title: str
    kind: str = Field(description="audio or video.")
    url: str
    media_type: str
    captions_url: str | None = Field(description="A WebVTT file, for films.")
    transcript_html: str


class PlaceOut(Schema):
    """A district, and what it has to do with the story."""

    district: Name
    words: str


class PlacesOut(Schema):
    """Where a story happens."""

    type: Literal["places"] = "places"
    title: str
    places: list[PlaceOut]


class StepOut(Schema):
    """One step of making."""

    title: str
    words: str
    picture: Picture | None


class StepsOut(Schema):
    """How a thing becomes what it is, from before to after."""

    type: Literal["steps"] = "steps"
    title: str
    steps: list[StepOut]


class MomentOut(Schema):
    """An hour or a day of the work."""

    when: str
    words: str


class MakingOut(Schema):
    """The work, hour by hour or day by day."""

    type: Literal["making"] = "making"
    title: str
    moments: list[MomentOut]


class CareOut(Schema):
    """A recipe, or how to care for a thing."""

    type: Literal["care"] = "care"
    title: str
    steps: list[str]
    notes_html: str


class ProductInStoryOut(Schema):
    """One product and why it stands here; null when it is not on sale any more."""

    type: Literal["product"] = "product"
    product: ProductOut | None
    words: str


class ProductsOut(Schema):
    """Products on sale at this moment; withdrawn ones are left out."""

    type: Literal["products"] = "products"
    title: str
    products: list[ProductOut]


class ProductRowOut(Schema):
    """Products that fit the row's rule at this moment."""

    type: Literal["product_row"] = "product_row"
    title: str
    products: list[ProductOut]


class MadeByOut(Schema):
    """A maker of the shop, and a few words."""

    type: Literal["made_by"] = "made_by"
    maker: MakerOut
    words: str


class PriceRowOut(Schema):
    """A part of a price, and what it pays for."""

    label: str
    amount: Money


class FairPriceOut(Schema):
    """What a price pays for; the rows add up to it."""

    type: Literal["fair_price"] = "fair_price"
    title: str
    price: Money
    rows: list[PriceRowOut]
    note: str


Block = Annotated[
    ChapterOut
    | ParagraphOut
    | QuoteOut
    | TermOut
    | StoryPictureOut
    | WidePictureOut
    | GalleryOut
    | RecordingOut
    | PlacesOut
    | StepsOut
    | MakingOut
    | CareOut
    | ProductInStoryOut
    | ProductsOut
    | ProductRowOut
    | MadeByOut
    | FairPriceOut,
    Field(discriminator="type"),
]
