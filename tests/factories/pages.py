"""Pages for tests: the bare site, and pages written the way the loader writes them."""

from collections.abc import Sequence
from typing import Any

from cms.pages.crafts import CraftPage
from cms.pages.districts import DistrictPage
from cms.pages.makers import ArtisanPage
from cms.pages.stories import StoryPage
from cms.publish import (
    Chapter,
    StoryFacts,
    Words,
    write_artisan_page,
    write_craft_page,
    write_district_page,
    write_story,
)
from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Artisan, Product
from tests.factories.catalogue import make_artisan, make_craft, make_district

DISTRICT_WORDS = {
    "en": Words("Brass rings in every lane.", ["Lathes turn from dawn.", "Look for even walls."]),
    "hi": Words("हर गली में पीतल खनकता है।", ["खराद भोर से चलती है।", "दीवार बराबर हो।"]),
}
STORY_WORDS = {
    "en": ("Sand, fire and a small chisel", "How a lota is cast, turned and engraved."),
    "hi": ("रेत, आग और एक छोटी छेनी", "लोटा कैसे ढलता है, खरादा और नक्काशा जाता है।"),
}
CHAPTERS = {
    "en": ("The mould", "Damp sand is packed around the pattern.", "Wait for the colour."),
    "hi": ("साँचा", "गीली रेत नमूने के चारों ओर भरी जाती है।", "रंग का इंतज़ार करो।"),
}


def make_district_page(district: District | None = None, language: str = "en") -> DistrictPage:
    """Write the page of a district, Moradabad unless told otherwise."""
    place = district or make_district()
    return write_district_page(place, language=language, words=DISTRICT_WORDS[language])


def make_craft_page(craft: Craft | None = None, language: str = "en") -> CraftPage:
    """Write the page of a craft, brassware unless told otherwise."""
    made = craft or make_craft()
    return write_craft_page(made, language=language, words=DISTRICT_WORDS[language])


def make_artisan_page(artisan: Artisan | None = None, language: str = "en") -> ArtisanPage:
    """Write the page of a maker."""
    return write_artisan_page(artisan or make_artisan(), language=language)


def make_story(
    products: Sequence[Product] = (),
    *,
    slug: str = "sand-fire-and-a-small-chisel",
    language: str = "en",
    **facts: Any,
) -> StoryPage:
    """Publish a story of Moradabad with these products in its only chapter."""
    title, lead = STORY_WORDS[language]
    heading, paragraph, quote = CHAPTERS[language]
    chapter = Chapter(
        heading=heading,
        paragraphs=[paragraph],
        quote=quote,
        quote_by="Moradabad",
        products=[product.pk for product in products],
    )
    known: dict[str, Any] = {
        "title": title,
        "lead": lead,
        "district": facts.get("district") or make_district(),
        "craft": facts.get("craft") or make_craft(),
        "chapters": [chapter],
    }
    return write_story(StoryFacts(slug=slug, **(known | facts)), language=language)
