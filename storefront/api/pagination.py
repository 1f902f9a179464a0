"""Long lists in pages: each knows the one after and before it, however the list changes."""

import operator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Field, Query, Schema

from storefront.api.errors import mistake

FEWEST, USUAL, MOST = 1, 24, 100
Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


class PageQuery(Schema):
    """How many at once, and where to go on."""

    limit: int = Field(USUAL, ge=FEWEST, le=MOST, description="How many at once.")
    cursor: str | None = Field(
        None, max_length=300, description="From `next` or `prev`; not to be made up."
    )


Paging = Annotated[PageQuery, Query(...)]


class Listed(Schema, Generic[Item]):
    """A page of a list. `next` and `prev` are whole addresses, or null at the ends."""

    items: list[Item]
    next: str | None
    prev: str | None


def listed(kind: type[Listed[Item]], items: list[Item], page: "Page[Any]") -> HttpResponse:
    """
    Answer with a page of a list whose items were checked when they were made.

    Ninja would look at each part of each item again, which is most of what a long list costs.
    """
    shown = kind.model_construct(items=items, next=page.next, prev=page.prev)
    return HttpResponse(shown.model_dump_json(), content_type="application/json; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows in the list's order, with the addresses of the pages beside them."""

    rows: list[Row]
    next: str | None
    prev: str | None


def page_of(
    rows: QuerySet[Row], *, by: tuple[str, ...], paging: PageQuery, request: HttpRequest
) -> Page[Row]:
    """
    Return one page of rows ordered by fields, the last of them unique; `-` means downwards.

    The cursor holds the values of the row at the page's edge, so a row that comes or goes
    meanwhile neither repeats nor hides another.

    Raises:
        ValidationError: a cursor that was not ours, or of another list.
    """
    signer = Signer(salt=f"cursor:{','.join(by)}")
    is_back, edge = _read(signer, paging.cursor)
    order = tuple(_turned(field) for field in by) if is_back else by
    if edge:
        rows = rows.filter(_after(order, edge))
    found = list(rows.order_by(*order)[: paging.limit + 1])
    has_more = len(found) > paging.limit
    shown = found[: paging.limit]
    if is_back:
        shown.reverse()

    def link(row: Row, *, back: bool) -> str:
        values = [_written(getattr(row, field.lstrip("-"))) for field in by]
        query = request.GET.copy()
        query["cursor"] = signer.sign_object([back, values])
        return absolute(f"{request.path}?{query.urlencode()}")

    has_next, has_prev = (bool(edge), has_more) if is_back else (has_more, bool(edge))
    return Page(
        rows=shown,
        next=link(shown[-1], back=False) if shown and has_next else None,
        prev=link(shown[0], back=True) if shown and has_prev else None,
    )


def absolute(address: str) -> str:
    """Return an address of the shop in full."""
    return urljoin(settings.SHOP_URL, address)


def _read(signer: Signer, cursor: str | None) -> tuple[bool, list[Any]]:
    if not cursor:
        return False, []
    try:
        is_back, edge = signer.unsign_object(cursor)
    except BadSignature as error:
        raise mistake(gettext("This cursor is not of this list."), "query", "cursor") from error
    return is_back, edge


def _written(value: Any) -> Any:
    """Return a value as JSON can hold it; a time to the microsecond, or rows would be lost."""
    return value.isoformat() if isinstance(value, datetime) else value


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _after(order: tuple[str, ...], edge: list[Any]) -> Q:
    """Return what comes after the edge: equal in the first fields and beyond in the next."""
    beyond = []
    for index, field in enumerate(order):
        name, side = field.lstrip("-"), "lt" if field.startswith("-") else "gt"
        equal = {each.lstrip("-"): value for each, value in zip(order[:index], edge, strict=False)}
        beyond.append(Q(**equal, **{f"{name}__{side}": edge[index]}))
    return reduce(operator.or_, beyond)
