"""One product's page: what the buyer is told, and what happens to old addresses."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from storefront.catalogue import services
from storefront.catalogue.models import Product
from storefront.partner.rules import SellerKind
from storefront.partner.services import set_price
from storefront.stock.services import Pieces, take
from tests.catalogue.pages import linked_data
from tests.factories.catalogue import (
    make_artisan,
    make_craft,
    make_product,
    make_seller,
    stock_record,
)

pytestmark = pytest.mark.django_db


def no_stories(product: Product) -> list[Any]:
    """Stand in the plug of whoever keeps stories."""
    return []


@pytest.fixture(autouse=True)
def _no_stories(settings: Any) -> None:
    settings.STORIES_OF_PRODUCT = f"{__name__}.no_stories"


def test_the_page_tells_what_the_law_wants_told(client: Client):
    seller = make_seller()
    product = make_product(seller=seller, length_cm=Decimal(14), artisan=make_artisan())

    html = client.get(product.get_absolute_url()).content.decode()

    for told in [
        '<p class="price">₹1,450<small>MRP, inclusive of all taxes</small></p>',
        "Sold and sent by <b>Moradabad Brass Workshop</b>",
        "<p>Moradabad, Uttar Pradesh, 244001</p>",
        f"Registered under GST: {seller.gstin}",
        "<dt>Country of origin</dt><dd>India</dd>",
        "<dt>Net quantity</dt><dd>1 piece</dd>",
        "<dt>Size</dt><dd>14 cm (5.5 in)</dd>",
        "<dt>HSN</dt><dd>7418</dd>",
        'Made by <a href="/en/makers/shabana-parveen/">Shabana Parveen</a>',
    ]:
        assert told in html


def test_an_unregistered_seller_is_called_so(client: Client):
    seller = make_seller(kind=SellerKind.ENROLLED, enrolment_number="UPE00000042")

    html = client.get(make_product(seller=seller).get_absolute_url()).content.decode()

    assert "Not registered under GST; enrolled as UPE00000042" in html


def test_the_page_speaks_hindi(client: Client):
    product = make_product(title_hi="चाँदी का कटोरा", description_hi="हाथ से बना।")

    html = client.get(f"/hi/shop/{product.slug}-{product.pk}/").content.decode()

    assert "<h1>चाँदी का कटोरा</h1>" in html
    assert "<p>हाथ से बना।</p>" in html
    assert "<b>मुरादाबाद पीतल कार्यशाला</b>" in html
    assert '<html lang="hi">' in html


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_wrong_slug_leads_to_the_right_one(client: Client, language: str):
    product = make_product()

    response = client.get(f"/{language}/shop/old-name-{product.pk}/")

    assert response.status_code == 301
    assert response["Location"] == f"/{language}/shop/brass-lota-{product.pk}/"


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_a_product_that_never_was_is_not_found(client: Client, number: str):
    assert client.get(f"/en/shop/lota-{number}/").status_code == 404


def test_a_draft_is_not_found(client: Client):
    product = make_product(is_live=False)

    assert client.get(product.get_absolute_url()).status_code == 404


def test_a_withdrawn_product_is_gone_but_leads_to_its_like(client: Client):
    maker = make_artisan()
    product, other = make_product(artisan=maker), make_product(title_en="Lamp", artisan=maker)
    services.withdraw(product)

    response = client.get(product.get_absolute_url())

    html = response.content.decode()
    assert response.status_code == 410
    assert "<h2>This is no longer sold</h2>" in html
    assert f'href="{other.get_absolute_url()}"' in html
    assert "Add to basket" not in html
    assert reverse("basket-add") not in html


def test_a_sold_piece_keeps_its_page_without_a_button(client: Client):
    product = make_product(is_one_of_a_kind=True, stock=1)
    other = make_product(title_en="Lamp")
    take([Pieces(stock_record(product).pk, 1)], reference="ZK-1")

    response = client.get(product.get_absolute_url())

    html = response.content.decode()
    assert response.status_code == 200
    assert '<p class="stock stock--sold_out">Sold</p>' in html
    assert reverse("basket-add") not in html
    assert f'href="{other.get_absolute_url()}"' in html
    assert linked_data(response)["offers"]["availability"] == "https://schema.org/SoldOut"


def test_the_price_on_the_page_is_todays(client: Client):
    product = make_product(price=100)
    record = stock_record(product)
    set_price(record, price=Decimal("123456.50"), version=record.version, by=None)

    response = client.get(product.get_absolute_url())

    assert "₹1,23,456.50" in response.content.decode()
    assert linked_data(response)["offers"]["price"] == "123456.50"


def test_the_button_works_from_a_public_page_without_a_token(browser_client: Client):
    product = make_product(stock=3)
    html = browser_client.get(product.get_absolute_url()).content.decode()
    action = re.search(r'<form method="post" action="([^"]+)"', html).group(1)

    response = browser_client.post(action, {"product_id": product.pk, "quantity": 2})

    assert response["Location"] == "/en/basket/"
    assert "Brass lota" in browser_client.get("/en/basket/").content.decode()
    assert "csrf" not in html


@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_page_may_be_kept_by_caches(client: Client, language: str, django_user_model: Any):
    product = make_product()
    client.force_login(django_user_model.objects.create_user("asha@example.com", "pw"))

    response = client.get(f"/{language}/shop/{product.slug}-{product.pk}/")

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert response["Cache-Control"].startswith("public")
    assert response["ETag"]


def test_other_pieces_are_of_the_maker_then_of_the_craft_and_to_be_had(client: Client):
    maker = make_artisan()
    product = make_product(artisan=maker)
    make_product(title_en="By her", artisan=maker, craft=make_craft("Toys", "खिलौने"))
    make_product(title_en="By others")
    make_product(title_en="Sold out", artisan=maker, stock=0)
    make_product(title_en="Draft", is_live=False)

    response = client.get(product.get_absolute_url())

    rows = response.context["others"]
    assert [(row["title"], [card.title for card in row["cards"]]) for row in rows] == [
        ("More by Shabana Parveen", ["By her"]),
        ("More in Brassware", ["By others"]),
    ]
