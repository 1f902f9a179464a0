"""Our answer to what is in a range is Oscar's own, for six queries instead of one each."""

import pytest
from oscar.apps.offer.models import Range

from storefront.catalogue.models import Category, Product
from storefront.discounts.queries.ranges import look_up
from tests.factories.catalogue import make_product
from tests.factories.offers import make_range

pytestmark = pytest.mark.django_db


@pytest.fixture
def products():
    metal = Category.add_root(name="Metal")
    brass = metal.add_child(name="Brass")
    lota, lamp, saree = (make_product() for _ in range(3))
    lota.categories.add(brass)
    lamp.categories.add(metal)
    child = Product.objects.create(
        structure=Product.CHILD, parent=lota, title_en="Small", upc="small", is_public=False
    )
    return [lota, lamp, saree, child]


def ranges(products):
    lota, lamp, saree, child = products
    metal, brass = Category.objects.order_by("path")
    made = [make_range() for _ in range(4)]
    made[1].excluded_products.add(lamp)
    made[2].excluded_categories.add(metal)
    made[3].excluded_categories.add(brass)
    made += [make_range(lota), make_range(saree, lamp), make_range(child)]
    empty = [make_range(description="none") for _ in range(4)]
    empty[0].included_categories.add(metal)
    empty[1].included_categories.add(brass)
    empty[2].classes.add(lota.product_class)
    empty[2].excluded_products.add(lota)
    empty[3].included_categories.add(metal)
    empty[3].excluded_products.add(lamp)
    return made + empty


def test_what_is_in_a_range_is_what_oscar_says(products, django_assert_max_num_queries):
    keys = [kept.pk for kept in ranges(products)]
    oscars = {
        key: [Range.objects.get(pk=key).contains_product(product) for product in products]
        for key in keys
    }

    ours = list(Range.objects.filter(pk__in=keys).order_by("pk"))
    with django_assert_max_num_queries(7):
        look_up(ours, products)
        told = {kept.pk: [kept.contains_product(product) for product in products] for kept in ours}

    assert told == oscars
    assert len({tuple(row) for row in oscars.values()}) > 5
