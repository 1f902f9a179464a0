"""Staff say at the dashboard how much is in a product and how large it travels, as sellers do."""

from decimal import Decimal
from typing import Any

import pytest

from storefront.catalogue.models import Product
from storefront.catalogue.rules import Box, Quantity, Unit
from storefront.config.products.forms import ProductForm
from tests.factories.catalogue import make_craft, make_product

pytestmark = pytest.mark.django_db
SIDES = {"packed_length_cm": "30", "packed_width_cm": "20", "packed_height_cm": "10"}


def form_of(product: Product, **typed: Any) -> ProductForm:
    known = {name: getattr(product, name) for name in ("title", "slug", "upc", "structure")}
    known["is_public"] = True
    return ProductForm(product.product_class, data=known | typed, instance=product)


def test_quantity_and_packed_size_are_saved_with_the_product():
    product = make_product()

    form = form_of(product, net_amount="250", net_unit="ml", **SIDES)
    assert not form.errors
    form.save()

    found = Product.objects.get(pk=product.pk)
    assert found.net == Quantity(Decimal(250), Unit.MILLILITRE)
    assert found.box == Box(Decimal(30), Decimal(20), Decimal(10))


def test_a_quantity_without_unit_is_refused():
    form = form_of(make_product(), net_amount="250")

    assert form.non_field_errors() == [
        "Please give an amount and its unit, or neither; pieces and pairs are whole."
    ]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "The law wants to know how many grams, millilitres or pieces are in it."),
        ("much", "Enter a number."),
    ],
)
def test_food_is_not_sold_by_the_piece(typed: str, error: str):
    petha = make_craft("Petha", "पेठा", "food-agro")
    product = make_product(craft=petha, net=Quantity(Decimal(500), Unit.GRAM))

    form = form_of(product, net_amount=typed)

    assert form.errors["net_amount"] == [error]
