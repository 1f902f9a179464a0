"""Rows of products in a page that follow a rule: what it finds is asked anew each time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from wagtail.blocks import StructValue

from storefront.catalogue.models import Product
from storefront.catalogue.queries.filters import IS_FREE, ORDER, Sort

MOST = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """What a row shows: slugs of craft and district, a seller's number; empty means any."""

    craft: str = ""
    district: str = ""
    seller: int | None = None
    in_stock: bool = False
    sort: Sort = Sort.NEW
    count: int = MOST


class RowValue(StructValue):
    """A row as its block keeps it."""

    @property
    def rule(self) -> Rule:
        """Return the rule; what is missing or makes no sense is left out of it."""
        sort, count = self.get("order"), self.get("count")
        return Rule(
            craft=self.get("craft") or "",
            district=self.get("district") or "",
            seller=self.get("seller"),
            in_stock=bool(self.get("in_stock")),
            sort=Sort(sort) if sort in set(Sort) else Sort.NEW,
            count=min(max(count, 1), MOST) if isinstance(count, int) else MOST,
        )


def found_by(rules: Iterable[Rule]) -> dict[Rule, list[int]]:
    """Return the numbers of the products that each rule finds; one query for all rules."""
    wanted = list(rules)
    if not wanted:
        return {}
    statements = [_fitting(rule).query.sql_with_params() for rule in wanted]
    arrays = ", ".join(f"ARRAY({sql})" for sql, _values in statements)
    values = [value for _sql, given in statements for value in given]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {arrays}", values)
        return dict(zip(wanted, cursor.fetchone() or (), strict=True))


def _fitting(rule: Rule) -> QuerySet[Product, int]:
    fits: dict[str, Any] = {}
    if rule.craft:
        fits["craft__slug"] = rule.craft
    if rule.district:
        fits["district__slug"] = rule.district
    if rule.seller:
        fits["stockrecords__partner"] = rule.seller
    free = (IS_FREE,) if rule.in_stock else ()
    # One filter call, so that all conditions on the stock record share one join.
    found: QuerySet[Product] = Product.objects.live().filter(*free, **fits)
    return found.order_by(*ORDER[rule.sort]).values_list("pk", flat=True)[: rule.count]
