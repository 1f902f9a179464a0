"""
Writing pages in bulk: what a loader calls, many hundred times, quickly.

Each function finds the page by kind, slug and language, makes it or changes it, and does nothing
when it says the same already. What an editor has touched is left as it is.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, uuid5

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html_join

from cms.pages.base import BasePage
from cms.pages.collection import CollectionPage
from cms.pages.crafts import CraftPage
from cms.pages.districts import DistrictPage
from cms.pages.home import HomePage
from cms.pages.makers import ArtisanPage
from cms.pages.stories import Occasion, StoryPage
from cms.planting import published, shared_key
from cms.tags import Tag
from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Artisan
from storefront.media.models import Picture

P = TypeVar("P", bound=BasePage)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a district's or craft's page: plain text, one string a paragraph."""

    intro: str
    body: Sequence[str]


@dataclass(frozen=True, slots=True)
class Chapter:
    """
    A chapter of a story: plain text, a quote, other blocks, and the numbers of products at its end.

    `blocks` are pairs of a block's name and its value as the body keeps it, lists without ids.
    Terms stand beside the chapter's text, all others after it.
    """

    heading: str
    paragraphs: Sequence[str]
    quote: str = ""
    quote_by: str = ""
    blocks: Sequence[tuple[str, Mapping[str, Any]]] = ()
    products: Sequence[int] = ()
    products_title: str = ""


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """A story in one language."""

    slug: str
    title: str
    lead: str
    district: District
    craft: Craft | None
    chapters: Sequence[Chapter]
    cover: Picture | None = None
    occasion: str = Occasion.NONE
    read_minutes: int = 3
    tags: Sequence[Tag] = ()
    published_at: datetime | None = None


def write_district_page(
    district: District, *, language: str, words: Words, cover: Picture | None = None
) -> DistrictPage:
    """Write a district's page in one language ("en" or "hi")."""
    values = _of_thing(district, language, words, cover) | {"district": district}
    return _put(DistrictPage, district.slug, language, values)


def write_craft_page(
    craft: Craft, *, language: str, words: Words, cover: Picture | None = None
) -> CraftPage:
    """Write a craft's page in one language ("en" or "hi")."""
    values = _of_thing(craft, language, words, cover) | {"craft": craft}
    return _put(CraftPage, craft.slug, language, values)


def write_artisan_page(artisan: Artisan, *, language: str) -> ArtisanPage:
    """Write a maker's page in one language; its words are the maker's own short text."""
    name = getattr(artisan, f"name_{language}")
    bio = getattr(artisan, f"bio_{language}") or ""
    values = {"title": name, "search_description": bio[:250], "artisan": artisan}
    return _put(ArtisanPage, artisan.slug, language, values)


def write_story(facts: StoryFacts, *, language: str) -> StoryPage:
    """Write and publish a story in one language, with a revision that editors can go on from."""
    values = {
        "title": facts.title,
        "search_description": facts.lead[:250],
        "lead": facts.lead,
        "district": facts.district,
        "craft": facts.craft,
        "cover": facts.cover,
        "occasion": facts.occasion,
        "read_minutes": facts.read_minutes,
        "tags": frozenset(facts.tags),
        "body": _body(facts),
    }
    if facts.published_at:
        values["first_published_at"] = facts.published_at
    return _put(StoryPage, facts.slug, language, values, then=_publish)


def write_tag(name_en: str, name_hi: str, **text: str) -> Tag:
    """Return the tag of this English name, made if it is not there; `text_en` and `text_hi`."""
    made, _new = Tag.objects.get_or_create(name_en=name_en, defaults={"name_hi": name_hi, **text})
    return made


def write_collection(
    slug: str, *, language: str, picks: Sequence[int], **facts: Any
) -> CollectionPage:
    """Write a collection in one language, with the numbers of its chosen products."""
    values = {"picks": _picked(picks), "search_description": facts["intro"][:250], **facts}
    return _put(CollectionPage, slug, language, values)


def feature_products(product_ids: Sequence[int]) -> None:
    """Show these products on the home pages of all languages, unless editors chose others."""
    for home in HomePage.objects.filter(latest_revision=None):
        picks = _picked(product_ids)
        if list(home.picks.raw_data) != picks:
            home.picks = json.dumps(picks)
            home.save()


def show_on_home(cover: Picture) -> None:
    """Open the home pages of all languages with this picture, unless editors chose another."""
    for home in HomePage.objects.filter(latest_revision=None).exclude(cover=cover):
        home.cover = cover
        home.save()


def _picked(product_ids: Sequence[int]) -> list[dict[str, Any]]:
    return [{"type": "product", "value": pk, "id": _stable(pk)} for pk in product_ids]


def _of_thing(
    thing: District | Craft, language: str, words: Words, cover: Picture | None
) -> dict[str, Any]:
    return {
        "title": getattr(thing, f"name_{language}"),
        "search_description": words.intro[:250],
        "intro": words.intro,
        "body": _html(words.body),
        "cover": cover,
    }


def _html(paragraphs: Sequence[str]) -> str:
    return str(format_html_join("", "<p>{}</p>", ((text,) for text in paragraphs)))


def _body(facts: StoryFacts) -> list[dict[str, Any]]:
    """Return the story as the body keeps it; the same words make the same numbers of blocks."""
    blocks: list[tuple[str, Any]] = []
    for chapter in facts.chapters:
        terms = [block for block in chapter.blocks if block[0] == "term"]
        blocks += [("chapter", chapter.heading), *terms]
        blocks.append(("paragraph", _html(chapter.paragraphs)))
        if chapter.quote:
            blocks.append(("quote", {"text": chapter.quote, "attribution": chapter.quote_by}))
        blocks += [block for block in chapter.blocks if block not in terms]
        if chapter.products:
            chosen = list(chapter.products)
            blocks.append(("products", {"title": chapter.products_title, "products": chosen}))
    return [
        {
            "type": kind,
            "value": _kept(kind, value, facts.slug, number),
            "id": _stable(facts.slug, number),
        }
        for number, (kind, value) in enumerate(blocks)
    ]


def _kept(kind: str, value: Any, *place: object) -> Any:
    """Return a block's value as the body keeps it: complete, and with a number for each item."""
    block = StoryPage.body.field.stream_block.child_blocks[kind]
    whole = block.get_prep_value(block.to_python(_numbered(value, *place)))
    return json.loads(json.dumps(whole, cls=DjangoJSONEncoder))


def _numbered(value: Any, *place: object) -> Any:
    if isinstance(value, Mapping):
        return {name: _numbered(each, *place, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [
            {"type": "item", "value": _numbered(each, *place, at), "id": _stable(*place, at)}
            for at, each in enumerate(value)
        ]
    return value


def _stable(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "zila:block:" + ":".join(map(str, parts))))


def _put(
    kind: type[P],
    slug: str,
    language: str,
    values: Mapping[str, Any],
    *,
    then: Callable[[P], None] | None = None,
) -> P:
    """Make the page or change it; `then` publishes it, or it is simply live."""
    known: P | None = kind.objects.filter(slug=slug, locale__language_code=language).first()
    if known and (_is_touched(known) or not _change(known, values)):
        return known
    page: P
    if known:
        page = known
        page.save()
    else:
        [lists] = kind.allowed_parent_page_models()
        parent = lists.objects.get(locale__language_code=language)
        page = kind(slug=slug, locale=parent.locale, translation_key=shared_key(kind, slug))
        page.live = then is None
        _change(page, (published() if then is None else {}) | dict(values))
        parent.add_child(instance=page)
    if then:
        then(page)
    return page


def _publish(story: StoryPage) -> None:
    story.save_revision().publish()
    story.refresh_from_db()


def _is_touched(page: BasePage) -> bool:
    """Return whether a person saved the page after it was planted."""
    return page.latest_revision is not None and page.latest_revision.user_id is not None


def _change(page: BasePage, values: Mapping[str, Any]) -> bool:
    """Give the page these values; return whether that changed anything."""
    changed = False
    for name, value in values.items():
        kept: Any = value
        before: Any = getattr(page, name, None)
        if isinstance(value, list):  # blocks
            before, kept = list(before.raw_data), json.dumps(value)
        elif isinstance(value, frozenset):  # other rows
            before, kept = frozenset(before.all()), sorted(value, key=lambda row: row.pk)
        if before != value:
            setattr(page, name, kept)
            changed = True
    return changed
