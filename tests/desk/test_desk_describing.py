"""A seller says what a product is made of and its colours, by which buyers find it."""

import pytest

from tests.desk.conftest import Seat
from tests.factories.catalogue import make_colour, make_material, make_product, stock_record

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
