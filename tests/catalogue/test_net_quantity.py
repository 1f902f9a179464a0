"""How much is in a pack, and what a unit of it costs: told as the law wants it."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import translation

from storefront.catalogue import services
from storefront.catalogue.models import Product
from storefront.catalogue.models.product import PACKED
from storefront.catalogue.queries.facts import quantity_text
from storefront.catalogue.rules import ONE_PIECE, Quantity, Unit, UnitPrice, unit_price
from storefront.catalogue.services import ContentUntold, NotReady
from storefront.partner.services import offer_product
from tests.catalogue.pages import linked_data
from tests.factories.catalogue import make_craft, make_draft, make_product, make_seller


def no_stories(product: Product) -> list[Any]:
    """Stand in the plug of whoever keeps stories."""
    return []


@pytest.fixture(autouse=True)
def _no_stories(settings: Any) -> None:
    settings.STORIES_OF_PRODUCT = f"{__name__}.no_stories"


def of(amount: int | str, unit: str) -> Quantity:
    return Quantity(Decimal(amount), Unit(unit))


@pytest.mark.parametrize(
    ("net", "text"),
    [
        (of(500, "g"), "500 g"),
        (of("999.5", "g"), "999.5 g"),
        (of(1000, "g"), "1 kg"),
        (of(1500, "g"), "1.5 kg"),
        (of(10, "ml"), "10 ml"),
        (of(2000, "ml"), "2 l"),
        (of(90, "cm"), "90 cm"),
        (of(250, "cm"), "2.5 m"),
        (of("1.0", "piece"), "1 piece"),
        (of("24.0", "piece"), "24 pieces"),
        (of(1, "pair"), "1 pair"),
        (of(3, "pair"), "3 pairs"),
    ],
)
def test_a_quantity_is_told_in_the_fitting_unit(net: Quantity, text: str):
    assert quantity_text(net) == text


@pytest.mark.parametrize(
    ("price", "net", "each", "per"),
    [
        ("420", of(500, "g"), "0.84", "g"),
        ("2400", of(10, "ml"), "240.00", "ml"),
        ("100", of(999, "g"), "0.10", "g"),
        ("560", of(1500, "g"), "373.33", "kg"),
        ("500", of(2000, "ml"), "250.00", "l"),
        ("99", of(90, "cm"), "1.10", "cm"),
        ("1450", of(250, "cm"), "580.00", "m"),
        ("130", of(60, "piece"), "2.17", "piece"),
        ("900", of(3, "pair"), "300.00", "pair"),
        # Half a paisa goes up.
        ("8.25", of(50, "g"), "0.17", "g"),
    ],
)
def test_a_unit_price_is_per_small_unit_below_a_whole_large_one(
    price: str, net: Quantity, each: str, per: str
):
    assert unit_price(Decimal(price), net=net) == UnitPrice(Decimal(each), Unit(per))


@pytest.mark.parametrize(
    "net", [ONE_PIECE, of(1, "pair"), of(1000, "g"), of(1000, "ml"), of(100, "cm"), of(1, "g")]
)
def test_a_unit_price_that_is_the_price_is_not_told(net: Quantity):
    assert unit_price(Decimal(420), net=net) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        (None, "g"),
        (Decimal(5), ""),
        (Decimal(0), "g"),
        (Decimal(-5), "ml"),
        (Decimal(5), "kg"),
        (Decimal("2.5"), "piece"),
        (Decimal("1.5"), "pair"),
    ],
)
def test_the_database_keeps_no_half_told_quantity(amount: Decimal | None, unit: str):
    product = make_draft()

    with pytest.raises(IntegrityError, match="catalogue_net_has_unit"):
        Product.objects.filter(pk=product.pk).update(net_amount=amount, net_unit=unit)


@pytest.mark.django_db
@pytest.mark.parametrize("sides", [(30, 20, None), (None, None, 10), (30, 0, 10), (30, 20, -1)])
def test_the_database_keeps_no_half_told_size(sides: tuple[int | None, ...]):
    product = make_draft()

    with pytest.raises(IntegrityError, match="catalogue_packed_whole"):
        Product.objects.filter(pk=product.pk).update(**dict(zip(PACKED, sides, strict=True)))


@pytest.mark.django_db
def test_what_nobody_measured_is_one_piece():
    product = Product.objects.get(pk=make_draft().pk)

    assert (product.net_amount, product.net_unit, product.net) == (None, "", ONE_PIECE)


@pytest.mark.django_db
@pytest.mark.parametrize("family", ["food-agro", "perfume", "cosmetic-adornment"])
def test_food_and_perfume_are_not_sold_by_the_piece(family: str):
    product = make_draft(craft=make_craft("Petha", "पेठा", family))
    offer_product(product, seller=make_seller(), price=Decimal(420), sku=product.upc)

    with pytest.raises(NotReady) as refused:
        services.submit(product)
    with pytest.raises(ContentUntold, match="how many grams"):
        services.measure(product, net=ONE_PIECE, box=None)

    assert refused.value.missing == ["net_amount"]
    services.measure(product, net=of(500, "g"), box=None)
    assert services.submit(Product.objects.get(pk=product.pk)).net == of(500, "g")


@pytest.mark.django_db
def test_a_measured_product_can_be_one_piece_again():
    product = make_draft(net=of(4, "piece"))

    services.measure(product, net=ONE_PIECE, box=None)

    found = Product.objects.get(pk=product.pk)
    assert (found.net_amount, found.net_unit) == (None, "")


@pytest.mark.django_db
def test_the_page_tells_content_and_unit_price(client: Client):
    product = make_product(price=420, net=of(500, "g"), weight_g=560)

    response = client.get(product.get_absolute_url())

    html = response.content.decode()
    assert "<dt>Net quantity</dt><dd>500 g</dd>" in html
    assert "<dt>Weight with packing</dt><dd>560 g</dd>" in html
    assert "<dt>Unit price</dt><dd>₹0.84 per gram</dd>" in html
    assert '<p class="price">₹420<small>₹0.84 per gram</small><small>MRP' in html
    assert linked_data(response)["offers"]["priceSpecification"] == {
        "@type": "UnitPriceSpecification",
        "price": "420.00",
        "priceCurrency": "INR",
        "referenceQuantity": {
            "@type": "QuantitativeValue",
            "value": "500",
            "unitCode": "GRM",
            "valueReference": {"@type": "QuantitativeValue", "value": "1", "unitCode": "GRM"},
        },
    }


@pytest.mark.django_db
def test_the_page_of_one_piece_tells_no_unit_price(client: Client):
    response = client.get(make_product(weight_g=900).get_absolute_url())

    html = response.content.decode()
    assert "<dt>Net quantity</dt><dd>1 piece</dd>" in html
    assert "<dt>Weight</dt><dd>900 g</dd>" in html
    assert "Unit price" not in html
    assert "priceSpecification" not in linked_data(response)["offers"]


def test_hindi_has_words_for_quantities():
    with translation.override("hi"):
        texts = [quantity_text(of(2, unit)) for unit in ("g", "ml", "piece", "pair")]

    assert texts == ["2 ग्राम", "2 मिली", "2 नग", "2 जोड़ी"]
