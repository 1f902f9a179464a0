"""What a product's page says of making, care, taxes and where it comes from."""

from typing import Any

import pytest
from django.test import Client

from storefront.atlas.models import Craft
from storefront.catalogue.models import Product
from tests.factories.catalogue import (
    make_artisan,
    make_craft,
    make_gi_right,
    make_picture,
    make_product,
)

pytestmark = pytest.mark.django_db


def no_stories(product: Product) -> list[Any]:
    """Stand in the plug of whoever keeps stories."""
    return []


@pytest.fixture(autouse=True)
def _no_stories(settings: Any) -> None:
    settings.STORIES_OF_PRODUCT = f"{__name__}.no_stories"


def page(client: Client, product: Product, language: str = "en") -> str:
    address = product.get_absolute_url().replace("/en/", f"/{language}/")
    return client.get(address).content.decode()


@pytest.fixture
def brassware() -> Craft:
    craft = make_craft()
    craft.making_en, craft.making_hi = "Cast in sand.\nTurned.", "रेत में ढला।\nखरादा गया।"
    craft.care_en, craft.care_hi = "Rub with lemon.", "नींबू मलें।"
    craft.save()
    return craft


def test_making_is_told_step_by_step_and_care_line_by_line(client: Client, brassware: Craft):
    product = make_product(craft=brassware)

    english, hindi = page(client, product), page(client, product, "hi")

    assert '<ol class="numbered"><li>Cast in sand.</li><li>Turned.</li></ol>' in english
    assert '<ul class="ticks"><li>Rub with lemon.</li></ul>' in english
    assert "<li>रेत में ढला।</li><li>खरादा गया।</li>" in hindi
    assert "<li>नींबू मलें।</li>" in hindi


def test_a_craft_nobody_wrote_about_has_no_empty_folds(client: Client):
    html = page(client, make_product())

    assert "How it is made" not in html
    assert "Care</summary>" not in html


def test_the_place_is_told_with_who_says_so(client: Client):
    by_maker = page(client, make_product(artisan=make_artisan(town_en="Pital Nagri")))
    by_seller = page(client, make_product())

    assert "<li>Made by Shabana Parveen in Pital Nagri, Moradabad.</li>" in by_maker
    assert "<li>Made in Moradabad, for Moradabad Brass Workshop.</li>" in by_seller
    assert "We have not checked." in by_maker


def test_packer_and_tax_are_among_the_facts(client: Client):
    html = page(client, make_product())

    told = "Moradabad Brass Workshop, Moradabad, Uttar Pradesh, 244001"
    assert f"<dt>Packed by</dt><dd>{told}</dd>" in html
    assert "<dt>GST in the price</dt><dd>12 %</dd>" in html


def test_the_seller_can_be_asked_and_complained_about(client: Client):
    assert '<a href="/en/contact/">Ask about this, or complain</a>' in page(client, make_product())


def test_each_picture_leads_to_itself_at_its_largest(client: Client):
    response = client.get(make_product(pictures=[make_picture()]).get_absolute_url())

    [picture] = response.context["product"]["pictures"]
    assert f'<a id="picture-1" href="{picture.large}">' in response.content.decode()


def test_who_is_not_to_be_named_stands_there_as_somebody_from_the_district(client: Client):
    maker = make_artisan(agrees=False)
    product = make_product(artisan=maker, gi_right=make_gi_right())
    make_product(artisan=maker, title_en="Brass lamp")

    english, hindi = page(client, product), page(client, product, "hi")

    assert "Made by a maker from Moradabad" in english
    assert "मुरादाबाद के एक कारीगर के हाथ का काम" in hindi
    assert "Made in Moradabad, for Moradabad Brass Workshop." in english
    assert "More by the same maker" in english
    assert "A maker from Moradabad" in english  # on the card of the lamp
    assert "Moradabad Metal Craft, TEST-1" in english
    for told in (english, hindi):
        assert "Shabana" not in told
        assert f"/makers/maker-{maker.pk}/" not in told


def test_a_list_and_the_api_offer_no_way_to_who_is_not_to_be_named(client: Client):
    maker = make_artisan(agrees=False)
    make_product(artisan=maker)

    [told] = client.get("/api/v1/products").json()["items"]
    shop = client.get("/en/shop/").content.decode()
    asked = client.get(f"/en/shop/?maker=maker-{maker.pk}").content.decode()

    assert told["maker"] is None
    assert "A maker from Moradabad" in shop
    assert f'value="maker-{maker.pk}"' not in shop + asked
