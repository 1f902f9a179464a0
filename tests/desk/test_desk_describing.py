"""A seller says what a product is made of, its colours, and how much is in it."""

from decimal import Decimal

import pytest

from storefront.catalogue.models import Product
from storefront.catalogue.rules import Box, Quantity, Unit
from tests.desk.conftest import Seat
from tests.factories.catalogue import (
    make_colour,
    make_craft,
    make_material,
    make_product,
    stock_record,
)

pytestmark = pytest.mark.django_db


def test_a_seller_chooses_material_and_colours(seat: Seat) -> None:
    red, blue, brass = make_colour("Red"), make_colour("Blue", "नीला"), make_material("Brass")
    product = make_product(seller=seat.seller, colours=[red])
    page = f"/seller/products/{stock_record(product).pk}/"

    shown = seat.client.get(page).context["words_form"]
    said = seat.client.post(
        f"{page}described/", {"colours": [blue.pk], "made_of": [brass.pk]}, follow=True
    )

    assert list(shown["colours"].initial) == [red]
    assert "“Brass lota” is saved." in said.content.decode()
    assert list(product.colours.all()) == [blue]
    assert list(product.made_of.all()) == [brass]


def test_another_sellers_product_is_not_there(seat: Seat, other_seat: Seat) -> None:
    red = make_colour("Red")
    product = make_product(seller=other_seat.seller, colours=[red])

    answer = seat.client.post(f"/seller/products/{stock_record(product).pk}/described/", {})

    assert answer.status_code == 404
    assert list(product.colours.all()) == [red]


def test_a_colour_that_is_gone_changes_nothing(seat: Seat) -> None:
    red = make_colour("Red")
    product = make_product(seller=seat.seller, colours=[red])
    page = f"/seller/products/{stock_record(product).pk}/"

    said = seat.client.post(f"{page}described/", {"colours": [red.pk + 1]}, follow=True)

    assert "no longer to choose from" in said.content.decode()
    assert list(product.colours.all()) == [red]


def test_a_seller_says_how_much_is_in_it(seat: Seat) -> None:
    product = make_product(seller=seat.seller, net=Quantity(Decimal(4), Unit.PIECE))
    page = f"/seller/products/{stock_record(product).pk}/"

    shown = seat.client.get(page).context["measure_form"]
    said = seat.client.post(
        f"{page}measured/", {"net_amount": "250", "net_unit": "ml"}, follow=True
    )

    assert (shown["net_amount"].value(), shown["net_unit"].value()) == (Decimal(4), "piece")
    assert "“Brass lota” is saved." in said.content.decode()
    assert measured(product) == (Decimal(250), "ml")


def test_a_seller_says_how_large_it_is_packed_and_takes_it_back(seat: Seat) -> None:
    product = make_product(seller=seat.seller)
    page = f"/seller/products/{stock_record(product).pk}/measured/"
    sides = {"packed_length_cm": "30", "packed_width_cm": "20.5", "packed_height_cm": "10"}

    seat.client.post(page, sides)
    told = Product.objects.get(pk=product.pk).box
    half = seat.client.post(page, sides | {"packed_width_cm": ""})
    still = Product.objects.get(pk=product.pk).box
    seat.client.post(page, {})

    assert told == still == Box(Decimal(30), Decimal("20.5"), Decimal(10))
    assert half.status_code == 422
    assert "Please give all three packed sides, or none." in half.content.decode()
    assert Product.objects.get(pk=product.pk).box is None


def test_how_much_is_in_it_can_be_left_empty(seat: Seat) -> None:
    product = make_product(seller=seat.seller, net=Quantity(Decimal(4), Unit.PIECE))

    seat.client.post(f"/seller/products/{stock_record(product).pk}/measured/", {})

    assert measured(product) == (None, "")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"net_amount": "250"}, "an amount and its unit, or neither"),
        ({"net_unit": "g"}, "an amount and its unit, or neither"),
        ({"net_amount": "2.5", "net_unit": "piece"}, "pieces and pairs are whole"),
        ({"net_amount": "-1", "net_unit": "g"}, "an amount and its unit, or neither"),
        ({"net_amount": "1.25", "net_unit": "g"}, "no more than 1 decimal place"),
        ({"net_amount": "much", "net_unit": "g"}, "Enter a number."),
        ({"net_amount": "5", "net_unit": "tola"}, "tola is not one of the available choices"),
    ],
)
def test_a_quantity_that_makes_no_sense_is_refused(
    seat: Seat, typed: dict[str, str], told: str
) -> None:
    product = make_product(seller=seat.seller, net=Quantity(Decimal(4), Unit.PIECE))

    answer = seat.client.post(f"/seller/products/{stock_record(product).pk}/measured/", typed)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert measured(product) == (Decimal(4), "piece")


def test_food_stays_measured(seat: Seat) -> None:
    petha = make_craft("Petha", "पेठा", "food-agro")
    product = make_product(seller=seat.seller, craft=petha, net=Quantity(Decimal(500), Unit.GRAM))

    answer = seat.client.post(f"/seller/products/{stock_record(product).pk}/measured/", {})

    assert answer.status_code == 422
    assert "how many grams, millilitres or pieces" in answer.content.decode()
    assert measured(product) == (Decimal(500), "g")


def test_what_is_in_another_sellers_product_is_not_there_to_say(
    seat: Seat, other_seat: Seat
) -> None:
    product = make_product(seller=other_seat.seller)

    answer = seat.client.post(
        f"/seller/products/{stock_record(product).pk}/measured/",
        {"net_amount": "5", "net_unit": "g"},
    )

    assert answer.status_code == 404
    assert measured(product) == (None, "")


def measured(product: Product) -> tuple[Decimal | None, str]:
    """Return what the database says is in it."""
    found = Product.objects.get(pk=product.pk)
    return found.net_amount, found.net_unit
