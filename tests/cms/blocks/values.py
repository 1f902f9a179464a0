"""Every kind of block: with all it can hold, with as little as it may, and with what is lost."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from storefront.catalogue.models import Artisan, Product
from storefront.media.models import Picture
from tests.factories.catalogue import make_artisan, make_district, make_picture, make_product

GONE = 999_999
Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    """What there is to choose from."""

    picture: Picture
    artisan: Artisan
    product: Product
    sound: Document
    film: Document
    captions: Document


def make_world() -> World:
    """Make one of everything that a block can hold."""
    artisan = make_artisan(portrait=make_picture("Shabana Parveen"))
    make_district("Aligarh", "अलीगढ़")
    return World(
        picture=make_picture(),
        artisan=artisan,
        product=make_product(artisan=artisan, pictures=[make_picture()]),
        sound=make_file("still.mp3"),
        film=make_file("still.mp4"),
        captions=make_file("still.vtt"),
    )


def make_file(name: str, content: bytes = b"sound") -> Document:
    """Put a file into the library."""
    return Document.objects.create(title=name, file=ContentFile(content, name=name))


def image(number: int) -> Value:
    """Return a picture as a form sends it."""
    return {"image": number, "alt_text": "A lota in the sand", "decorative": False}


def full(world: World) -> dict[str, Any]:
    """Return each kind with all it can hold."""
    picture, artisan = image(world.picture.pk), world.artisan.pk
    return {
        "chapter": "The mould",
        "paragraph": "<p>Damp <b>sand</b>.</p>",
        "quote": {
            "text": "Small strokes.",
            "artisan": artisan,
            "attribution": "at dusk",
            "look": "tint",
        },
        "term": {"term": "bhapka", "explanation": "the receiver"},
        "picture": {"picture": picture, "caption": "At dawn"},
        "wide_picture": {"picture": picture, "caption": "The yard", "height": "tall"},
        "gallery": {
            "title": "A morning",
            "pictures": [
                {"picture": picture, "caption": "First"},
                {"picture": picture, "caption": ""},
            ],
            "layout": "grid",
        },
        "recording": {
            "title": "The still",
            "recording": world.film.pk,
            "captions": world.captions.pk,
            "transcript": "<p>Now we wait.</p>",
        },
        **_made(world),
        **_sold(world),
    }


def _made(world: World) -> dict[str, Any]:
    picture = image(world.picture.pk)
    return {
        "places": {
            "title": "From pond to fair",
            "places": [
                {"district": "aligarh", "words": "where locks are made"},
                {"district": "moradabad", "words": ""},
            ],
        },
        "steps": {
            "title": "From sand to lota",
            "steps": [
                {"title": "Before", "picture": picture, "words": "Sand."},
                {"title": "After", "picture": picture, "words": "Gold."},
            ],
        },
        "making": {
            "title": "One day",
            "moments": [
                {"when": "Dawn", "words": "Roses."},
                {"when": "Noon", "words": "Fire."},
            ],
        },
        "care": {
            "kind": "recipe",
            "title": "Khichri",
            "steps": ["Soak the rice.", "Cook it."],
            "notes": "<p>Ghee last.</p>",
            "look": "tint",
        },
    }


def _sold(world: World) -> dict[str, Any]:
    artisan = world.artisan.pk
    return {
        "product": {"product": world.product.pk, "words": "The thumb knows."},
        "products": {"title": "Three lotas", "products": [world.product.pk]},
        "product_row": {
            "title": "From the lanes",
            "craft": "brassware",
            "district": "moradabad",
            "seller": world.product.stockrecords.get().partner_id,
            "in_stock": True,
            "order": "featured",
            "count": 2,
            "look": "tint",
        },
        "made_by": {"artisan": artisan, "words": "Three generations.", "look": "tint"},
        "fair_price": {
            "title": "Where it goes",
            "price": "1450.00",
            "rows": [
                {"label": "Brass", "amount": "900.50"},
                {"label": "Work", "amount": "549.50"},
            ],
            "note": "Of one lota.",
            "look": "tint",
        },
    }


def least(world: World) -> dict[str, Any]:
    """Return each kind with nothing but what it must have."""
    picture = image(world.picture.pk)
    words = [{"title": "Before", "words": "Sand."}, {"title": "After", "words": "Gold."}]
    return full(world) | {
        "quote": {"text": "Small strokes."},
        "picture": {"picture": picture},
        "wide_picture": {"picture": picture},
        "gallery": {"pictures": [{"picture": picture}, {"picture": picture}]},
        "recording": {
            "title": "The still",
            "recording": world.sound.pk,
            "transcript": "<p>Now we wait.</p>",
        },
        "places": {"places": [{"district": "aligarh"}]},
        "steps": {"steps": words},
        "making": {
            "moments": [{"when": "Dawn", "words": "Roses."}, {"when": "Noon", "words": "Fire."}]
        },
        "care": {"steps": ["Soak the rice."]},
        "product": {"product": world.product.pk},
        "products": {"products": [world.product.pk]},
        "product_row": {},
        "made_by": {"artisan": world.artisan.pk},
        "fair_price": {
            "price": 3,
            "rows": [{"label": "Brass", "amount": 1}, {"label": "Work", "amount": 2}],
        },
    }


def broken() -> dict[str, Any]:
    """Return kinds whose things were deleted, or whose numbers are none."""
    gone = image(GONE)
    return {
        "chapter": None,
        "quote": {"text": "Small strokes.", "artisan": GONE, "look": "neon"},
        "picture": {"picture": gone},
        "wide_picture": {"picture": None, "height": "sky"},
        "gallery": {"pictures": [{"picture": gone}, {"picture": gone}], "layout": "heap"},
        "recording": {"title": "", "recording": GONE, "captions": GONE, "transcript": ""},
        "places": {"places": [{"district": "atlantis"}, {"district": None}]},
        "steps": {"steps": [{"title": "Before", "picture": gone, "words": "Sand."}]},
        "making": {"moments": []},
        "care": {"kind": "magic", "steps": [], "notes": ""},
        "product": {"product": GONE},
        "products": {"products": [GONE, None]},
        "product_row": {"craft": "alchemy", "seller": GONE, "count": "many", "order": "odd"},
        "made_by": {"artisan": GONE},
        "fair_price": {
            "price": "much",
            "rows": [{"label": "Brass", "amount": "NaN"}, {"label": "Work", "amount": "1E+500"}],
        },
    }
