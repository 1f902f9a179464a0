"""The filter form of the shop: reading what somebody asked for, and drawing it again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from storefront.atlas.rules import fold_digits
from storefront.catalogue.queries.filters import WORDS, Flag, Group, Sort, Wish
from storefront.catalogue.queries.shop import Option, ShopPage
from storefront.core.money import grouped

MOST_NAMES = 20
_SLUG = re.compile(r"[a-z0-9_-]{1,128}")
_RUPEES = re.compile(r"\d{1,8}(\.\d{1,2})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PAGE = re.compile(r"\d{1,6}")

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A group of names to filter by."""

    key: str
    label: str
    open: bool
    options: tuple[Option, ...]


def read_wish(query: QueryDict) -> tuple[Wish, list[str]]:
    """
    Return what somebody asked for, and a sentence on each thing that made no sense.

    Nothing is refused: the rest of the filters still works.
    """
    notes: list[str] = []
    words: dict[str, Any] = {WORDS[group]: _names(query, group, notes) for group in Group}
    flags: dict[str, Any] = {flag.value: query.get(flag, "") not in {"", "0"} for flag in Flag}
    wish = Wish(
        **words,
        **flags,
        price_from=_price(query, "price_from", notes),
        price_to=_price(query, "price_to", notes),
        sort=_sort(query, notes),
        page=_page(query, notes),
    )
    if (
        wish.price_from is not None
        and wish.price_to is not None
        and wish.price_from > wish.price_to
    ):
        wish = replace(wish, price_from=wish.price_to, price_to=wish.price_from)
        notes.append(_("The lower price was the second one; we changed the two round."))
    return wish, notes


def unknown_note(names: Sequence[str]) -> str:
    """Return the sentence on filters that do not exist."""
    listed = ", ".join(_quoted(name) for name in names[:3])
    return _("We do not know %(names)s, so we left it out.") % {"names": listed}


def pairs(wish: Wish) -> Pairs:
    """Return the wish as it stands in an address, without the page."""
    found: Pairs = [(group.value, slug) for group in Group for slug in wish.names(group)]
    if wish.price_from is not None:
        found.append(("price_from", plain(wish.price_from)))
    if wish.price_to is not None:
        found.append(("price_to", plain(wish.price_to)))
    found += [(flag.value, "1") for flag in wish.flags]
    if wish.sort != Sort.FEATURED:
        found.append(("sort", wish.sort.value))
    return found


def address(path: str, wanted: Iterable[tuple[str, str]]) -> str:
    """Return the address of the shop with these filters."""
    query = urlencode(list(wanted))
    return f"{path}?{query}" if query else path


def facets(page: ShopPage, path: str) -> dict[str, Any]:
    """Return what the facets component draws."""
    wish = page.wish
    return {
        "action": path,
        "groups": [
            FacetGroup(group.value, label, bool(wish.names(group)), tuple(page.options[group]))
            for group, label in _labels().items()
            if page.options[group]
        ],
        "price_from": "" if wish.price_from is None else plain(wish.price_from),
        "price_to": "" if wish.price_to is None else plain(wish.price_to),
        "flags": [
            {
                "name": flag.value,
                "label": label,
                "count": page.flags[flag],
                "is_chosen": flag in wish.flags,
            }
            for flag, label in _flags().items()
            if page.flags[flag] or flag in wish.flags
        ],
        "sorts": [
            {"value": sort.value, "label": label, "selected": sort == wish.sort}
            for sort, label in _sorts().items()
        ],
        "hidden": [],
    }


def chips(page: ShopPage, path: str) -> list[dict[str, str]]:
    """Return the filters in use, each with the address of the shop without it."""
    wanted = pairs(page.wish)
    names = {
        (group.value, option.slug): option.name for group in Group for option in page.chosen(group)
    }
    return [
        {
            "label": names.get((key, value)) or _chip(key, value),
            "remove_url": address(path, [pair for pair in wanted if pair != (key, value)]),
        }
        for key, value in wanted
        if key != "sort"
    ]


def plain(amount: Decimal) -> str:
    """Return rupees as one types them: 500 or 499.50."""
    return f"{amount:f}"


def _quoted(typed: str) -> str:
    """Return the beginning of what somebody typed, without what cannot be shown."""
    return f"“{_CONTROL.sub('', typed)[:40]}”"


def _chip(key: str, value: str) -> str:
    if key == "price_from":
        return _("From %(price)s") % {"price": grouped(Decimal(value))}
    if key == "price_to":
        return _("Up to %(price)s") % {"price": grouped(Decimal(value))}
    return _flags()[Flag(key)]


def _labels() -> dict[Group, str]:
    return {
        Group.CRAFT: _("Craft"),
        Group.DISTRICT: _("District"),
        Group.MATERIAL: _("Material"),
        Group.COLOUR: _("Colour"),
        Group.MAKER: _("Maker"),
        Group.SELLER: _("Seller"),
        Group.COUNTRY: _("Country of origin"),
    }


def _flags() -> dict[Flag, str]:
    return {
        Flag.IN_STOCK: _("Can be bought now"),
        Flag.READY: _("Ready to ship"),
        Flag.GI: _("Bears a GI name"),
    }


def _sorts() -> dict[Sort, str]:
    return {
        Sort.FEATURED: _("Our choice"),
        Sort.NEW: _("Newest first"),
        Sort.PRICE_UP: _("Lowest price first"),
        Sort.PRICE_DOWN: _("Highest price first"),
    }


def _names(query: QueryDict, group: Group, notes: list[str]) -> tuple[str, ...]:
    """Return the slugs asked for, each once; whether anybody bears them shows later."""
    asked = list(dict.fromkeys(name for name in query.getlist(group.value) if name))
    known = [name for name in asked if _SLUG.fullmatch(name)]
    if strange := [name for name in asked if name not in known]:
        notes.append(unknown_note(strange))
    if len(known) > MOST_NAMES:
        notes.append(_("At most %(most)s names fit into one filter.") % {"most": MOST_NAMES})
    return tuple(known[:MOST_NAMES])


def _price(query: QueryDict, key: str, notes: list[str]) -> Decimal | None:
    """Return rupees as somebody typed them: ₹1,500, 1500 or १५००."""
    typed = query.get(key, "")
    text = re.sub(r"[\s,₹]", "", fold_digits(typed))
    if not text:
        return None
    if not _RUPEES.fullmatch(text):
        notes.append(
            _("%(typed)s is no price in rupees, so we left it out.") % {"typed": _quoted(typed)}
        )
        return None
    return Decimal(text)


def _sort(query: QueryDict, notes: list[str]) -> Sort:
    asked = query.get("sort", "")
    if asked in set(Sort):
        return Sort(asked)
    if asked:
        notes.append(_("We do not know this order, so we show our choice first."))
    return Sort.FEATURED


def _page(query: QueryDict, notes: list[str]) -> int:
    asked = fold_digits(query.get("page", "1")) or "1"
    if _PAGE.fullmatch(asked) and int(asked) > 0:
        return int(asked)
    notes.append(_("We do not know this page, so we show the first one."))
    return 1
