"""The demo town's texts in the index, as rows and nothing else: quick, and the words are true."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import TestCase
from modelsearch.backends import get_search_backend

from fixtures import content
from storefront.atlas import services as atlas
from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Artisan, Product, ProductClass
from storefront.catalogue.rules import ProductState
from storefront.partner.models import StockRecord
from storefront.search.services import collect_terms, index_products, plant_synonyms
from tests.factories.catalogue import make_product

SYNONYMS = content.DATA / "synonyms.toml"


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Put all places, makers and products of the demo town into the index, and its synonyms."""
    with django_db_blocker.unblock():
        # Django's own way to say that a transaction is a test's: services may commit inside it.
        atomics = TestCase._enter_atomics()
        try:
            _write_town()
            yield
        finally:
            TestCase._rollback_atomics(atomics)


def _write_town() -> None:
    # One product made by the services shows what the others' rows need.
    pattern = make_product(title_en="Pattern", title_hi="नमूना", is_live=False)
    seller = pattern.stockrecords.get().partner
    atlas.load_districts(content.table("districts"))
    atlas.load_crafts(
        {name: getattr(craft, name) for name in ("slug", "name_en", "name_hi", "family", "colour")}
        for craft in content.crafts()
    )
    districts = {each.slug: each for each in District.objects.all()}
    crafts = {each.slug: each for each in Craft.objects.all()}
    makers = _makers(districts, crafts)
    products = _products(districts, crafts, {maker.slug: maker for maker in makers})
    StockRecord.objects.bulk_create(
        StockRecord(
            product=each, partner=seller, partner_sku=each.upc, price=Decimal(500), num_in_stock=3
        )
        for each in products
    )
    index_products(first=products[0].pk, last=products[-1].pk)
    get_search_backend().add_bulk(Artisan, makers)
    plant_synonyms(tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))["synonyms"])
    collect_terms()


def _makers(districts: dict[str, District], crafts: dict[str, Craft]) -> list[Artisan]:
    return Artisan.objects.bulk_create(
        Artisan(
            slug=maker.key,
            name=maker.name_en,
            name_en=maker.name_en,
            name_hi=maker.name_hi,
            town=maker.town_en,
            town_en=maker.town_en,
            town_hi=maker.town_hi,
            district=districts[place.slug],
            craft=crafts[maker.craft],
            is_named=True,
        )
        for place in content.districts()
        for maker in place.makers
    )


def _products(
    districts: dict[str, District], crafts: dict[str, Craft], makers: dict[str, Artisan]
) -> list[Product]:
    kind = ProductClass.objects.get()
    return Product.objects.bulk_create(
        Product(
            product_class=kind,
            upc=text.sku,
            slug=text.sku.lower(),
            title=text.title_en,
            title_en=text.title_en,
            title_hi=text.title_hi,
            description=text.description_en,
            description_en=text.description_en,
            description_hi=text.description_hi,
            materials=text.materials_en,
            materials_en=text.materials_en,
            materials_hi=text.materials_hi,
            district=districts[place.slug],
            craft=crafts[text.craft],
            artisan=makers.get(text.maker or ""),
            state=ProductState.LIVE,
            is_public=True,
        )
        for place in content.districts()
        for text in place.products
    )
