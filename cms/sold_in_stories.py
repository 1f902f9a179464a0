"""Which products a published story sells: kept in a table, so that product pages can ask."""

from collections.abc import Iterator

from django.db import transaction

from cms.blocks.products import chosen_products
from cms.pages.stories import StoryPage, StoryProduct
from storefront.catalogue.models import Product


def remember_products(story: StoryPage) -> None:
    """Note what a just published story sells; what it sold before is forgotten."""
    wanted = set(product_ids(story))
    known = set(Product.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    rows = [StoryProduct(story_id=story.pk, product_id=pk) for pk in sorted(known)]
    # A product that was deleted: the editors' front page shows the gap.
    if wanted - known:
        rows.append(StoryProduct(story_id=story.pk, product_id=None))
    with transaction.atomic():
        forget_products(story)
        StoryProduct.objects.bulk_create(rows)


def forget_products(story: StoryPage) -> None:
    """Note that a story is not published any more."""
    StoryProduct.objects.filter(story_id=story.pk).delete()


def product_ids(story: StoryPage) -> Iterator[int]:
    """Return the numbers of the products in a story's body, without reading the products."""
    for block in story.body.raw_data:
        yield from chosen_products(block["type"], block["value"])
