"""
Which products are in which of Oscar's ranges, for a whole basket in six queries.

Oscar asks once for each line and offer, again and again: ten offers and five lines are two
thousand queries. A range with a `proxy` asks that instead, so we give each one that knows.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from oscar.apps.offer.models import Range, RangeProduct

from storefront.catalogue.models import Product, ProductCategory
from storefront.discounts.rules import ProductFacts, RangeFacts, holds


@dataclass(frozen=True, slots=True)
class Known:
    """Stands in for a range: holds these of the basket's products."""

    ids: frozenset[int]

    def contains_product(self, product: Product) -> bool:
        """Return whether the product is in the range, without asking."""
        return product.pk in self.ids


def look_up(ranges: Iterable[Any], products: Sequence[Product]) -> None:
    """Let each range know which of these products it holds; staff's own classes stay."""
    by_id: dict[int, list[Any]] = defaultdict(list)
    for each in ranges:
        if not each.proxy_class:
            by_id[each.pk].append(each)
    if not by_id:
        return
    facts = _ranges({key: rows[0] for key, rows in by_id.items()})
    has_categories = any(fact.categories or fact.excluded_categories for fact in facts.values())
    known = _products(products, with_categories=has_categories)
    for key, rows in by_id.items():
        ids = frozenset(product.id for product in known if holds(facts[key], product))
        for row in rows:
            row.proxy = Known(ids)


def _ranges(rows: dict[int, Any]) -> dict[int, RangeFacts]:
    keys = list(rows)
    products = _pairs(RangeProduct, keys, "product_id")
    excluded = _pairs(Range.excluded_products.through, keys, "product_id")
    classes = _pairs(Range.classes.through, keys, "productclass_id")
    categories = _pairs(Range.included_categories.through, keys, "category__path")
    without = _pairs(Range.excluded_categories.through, keys, "category__path")
    return {
        key: RangeFacts(
            is_everything=row.includes_all_products,
            products=frozenset(products[key]),
            excluded=frozenset(excluded[key]),
            classes=frozenset(classes[key]),
            categories=frozenset(categories[key]),
            excluded_categories=frozenset(without[key]),
        )
        for key, row in rows.items()
    }


def _pairs(table: type[Model], keys: list[int], column: str) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = defaultdict(set)
    rows = table._default_manager.filter(range_id__in=keys)  # noqa: SLF001 -- Django's public name
    for key, value in rows.values_list("range_id", column):
        found[key].add(value)
    return found


def _products(products: Sequence[Product], *, with_categories: bool) -> list[ProductFacts]:
    parents = {product.parent_id for product in products if product.parent_id}
    classes: dict[int, int | None] = {}
    if parents:
        above = Product.objects.filter(pk__in=parents)
        classes = dict(above.values_list("pk", "product_class_id"))
    paths: dict[int, set[str]] = defaultdict(set)
    if with_categories:
        ids = {product.pk for product in products} | parents
        rows = ProductCategory.objects.filter(product_id__in=ids)
        for key, path in rows.values_list("product_id", "category__path"):
            paths[key].add(path)
    return [_product(product, classes, paths) for product in products]


def _product(
    product: Product, classes: dict[int, int | None], paths: dict[int, set[str]]
) -> ProductFacts:
    ids = {key for key in (product.pk, product.parent_id) if key}
    kinds = {product.product_class_id, classes.get(product.parent_id or 0)}
    return ProductFacts(
        id=product.pk,
        ids=frozenset(ids),
        classes=frozenset(kind for kind in kinds if kind),
        categories=frozenset(path for key in ids for path in paths.get(key, ())),
    )
