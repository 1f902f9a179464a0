"""A story's blocks as JSON: how each is told."""

from collections.abc import Callable, Iterator
from typing import Any

from ninja import Schema
from wagtail.rich_text import expand_db_html

from cms import block_schemas as out
from cms.blocks.making import heading_of
from cms.blocks.places import places_of
from cms.blocks.recordings import kind_of
from cms.blocks.shelf import Shelf, stocked
from cms.pictures import load_renditions
from storefront.api.pagination import absolute
from storefront.api.schemas.catalogue import Name, ProductOut, picture_out, product_out
from storefront.api.schemas.money import money
from storefront.catalogue.queries import Card
from storefront.core.money import rupees


def blocks_out(body: Any) -> Iterator[Any]:
    """Yield the blocks of a story; one whose only picture, file or maker is gone is left out."""
    shelf = stocked(body)
    load_renditions(shelf.pictures)
    for block in body:
        if told := _TOLD[block.block_type](block.value, shelf):
            yield told


def prose_out(html: str) -> list[out.ParagraphOut]:
    """Return the words of a plain page as its one block."""
    return [out.ParagraphOut(html=expand_db_html(html))] if html else []


def _quote(value: Any, shelf: Shelf) -> Schema:
    return out.QuoteOut(
        text=value["text"] or "",
        attribution=value["attribution"] or "",
        maker=_maker(value["artisan"], shelf),
    )


def _term(value: Any, shelf: Shelf) -> Schema:
    return out.TermOut(term=value["term"] or "", explanation=value["explanation"] or "")


def _picture(value: Any, shelf: Shelf) -> Schema | None:
    view = picture_out(shelf.picture(value["picture"]))
    return out.StoryPictureOut(picture=view, caption=value["caption"] or "") if view else None


def _wide_picture(value: Any, shelf: Shelf) -> Schema | None:
    view = picture_out(shelf.picture(value["picture"]))
    return out.WidePictureOut(picture=view, caption=value["caption"] or "") if view else None


def _gallery(value: Any, shelf: Shelf) -> Schema:
    views = [
        (picture_out(shelf.picture(each["picture"])), each["caption"]) for each in value["pictures"]
    ]
    there = [
        out.GalleryPictureOut(picture=view, caption=told or "") for view, told in views if view
    ]
    return out.GalleryOut(title=value["title"] or "", pictures=there)


def _recording(value: Any, shelf: Shelf) -> Schema | None:
    file, captions = value["recording"], value["captions"]
    if file is None:
        return None
    return out.RecordingOut(
        title=value["title"] or "",
        kind=kind_of(file),
        url=absolute(file.url),
        media_type=file.content_type,
        captions_url=absolute(captions.url) if captions else None,
        transcript_html=_html(value["transcript"]),
    )


def _places(value: Any, shelf: Shelf) -> Schema:
    places = [
        out.PlaceOut(
            district=Name(slug=tile.slug, name=tile.name, url=absolute(tile.url)), words=words
        )
        for tile, words in places_of(value, shelf)
    ]
    return out.PlacesOut(title=value["title"] or "", places=places)


def _steps(value: Any, shelf: Shelf) -> Schema:
    steps = [
        out.StepOut(
            title=step["title"] or "",
            words=step["words"] or "",
            picture=picture_out(shelf.picture(step["picture"])),
        )
        for step in value["steps"]
    ]
    return out.StepsOut(title=value["title"] or "", steps=steps)


def _making(value: Any, shelf: Shelf) -> Schema:
    moments = [
        out.MomentOut(when=each["when"] or "", words=each["words"] or "")
        for each in value["moments"]
    ]
    return out.MakingOut(title=value["title"] or "", moments=moments)


def _care(value: Any, shelf: Shelf) -> Schema:
    return out.CareOut(
        title=heading_of(value),
        steps=[step or "" for step in value["steps"]],
        notes_html=_html(value["notes"]),
    )


def _product(value: Any, shelf: Shelf) -> Schema:
    offered = _offered(shelf.products([value["product"]]))
    return out.ProductInStoryOut(product=next(iter(offered), None), words=value["words"] or "")


def _products(value: Any, shelf: Shelf) -> Schema:
    offered = _offered(shelf.products(value["products"]))
    return out.ProductsOut(title=value["title"] or "", products=offered)


def _product_row(value: Any, shelf: Shelf) -> Schema:
    return out.ProductRowOut(title=value["title"] or "", products=_offered(shelf.row(value.rule)))


def _made_by(value: Any, shelf: Shelf) -> Schema | None:
    maker = _maker(value["artisan"], shelf)
    return out.MadeByOut(maker=maker, words=value["words"] or "") if maker else None


def _fair_price(value: Any, shelf: Shelf) -> Schema | None:
    if not value.adds_up:
        return None
    rows = [
        out.PriceRowOut(label=part.label or "", amount=money(rupees(part.amount)))
        for part in value.parts()
    ]
    return out.FairPriceOut(
        title=value["title"] or "",
        price=money(rupees(value["price"])),
        rows=rows,
        note=value["note"] or "",
    )


def _offered(cards: list[Card]) -> list[ProductOut]:
    return [product_out(card) for card in cards]


def _maker(number: int | None, shelf: Shelf) -> out.MakerOut | None:
    maker = shelf.maker(number)
    if maker is None:
        return None
    return out.MakerOut(
        name=maker.name,
        url=absolute(maker.url) if maker.url else None,
        craft=maker.craft_name,
        town=maker.town,
        picture=picture_out(maker.picture),
    )


def _html(text: Any) -> str:
    return str(expand_db_html(text.source or ""))


_TOLD: dict[str, Callable[[Any, Shelf], Schema | None]] = {
    "chapter": lambda value, _shelf: out.ChapterOut(text=value or ""),
    "paragraph": lambda value, _shelf: out.ParagraphOut(html=_html(value)),
    "quote": _quote,
    "term": _term,
    "picture": _picture,
    "wide_picture": _wide_picture,
    "gallery": _gallery,
    "recording": _recording,
    "places": _places,
    "steps": _steps,
    "making": _making,
    "care": _care,
    "product": _product,
    "products": _products,
    "product_row": _product_row,
    "made_by": _made_by,
    "fair_price": _fair_price,
}
