"""Things that belong together: chosen one by one, and by a rule."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.pages.collection import MOST, CollectionIndexPage, CollectionPage
from cms.publish import write_collection
from storefront.catalogue.models import Product
from storefront.catalogue.services import withdraw
from storefront.partner.models import StockRecord
from tests.factories.catalogue import make_colour, make_picture, make_product
from tests.factories.pages import make_story


def make_collection(*picks: Product, language: str = "en", **facts: Any) -> CollectionPage:
    known = {"title": "Small gifts", "intro": "Made by hand, and a small note in the purse."}
    return write_collection(
        "small-gifts", language=language, picks=[each.pk for each in picks], **(known | facts)
    )


def titles(page: CollectionPage) -> list[str]:
    return [card.title for card in CollectionPage.objects.get(pk=page.pk).cards()]


def test_chosen_products_come_first_in_their_order_and_once() -> None:
    bell, lota, toy = (
        make_product(title_en=name, price=price)
        for name, price in (("Bell", "900"), ("Lota", "300"), ("Toy", "200"))
    )
    page = make_collection(bell, lota, price_to=Decimal(500))

    assert titles(page) == ["Bell", "Lota", "Toy"]
    assert toy.pk not in [pick.value for pick in page.picks]


@pytest.mark.parametrize("rule", ["craft", "district", "colour", "price_to"])
def test_a_rule_finds_what_fits_and_can_be_bought(rule: str) -> None:
    red = make_colour()
    lota = make_product(title_en="Lota", price="300.00")
    lota.colours.add(red)
    sold_out = make_product(title_en="Vase", price="300.00", craft=lota.craft)
    sold_out.colours.add(red)
    StockRecord.objects.filter(product=sold_out).update(num_in_stock=0)
    value = {
        "craft": lota.craft,
        "district": lota.district,
        "colour": red,
        "price_to": Decimal(300),
    }[rule]

    assert titles(make_collection(**{rule: value})) == ["Lota"]


def test_a_rule_without_anything_finds_nothing_and_says_so(client: Client) -> None:
    make_product()
    page = make_collection()

    assert titles(page) == []
    assert "Nothing of this can be bought just now" in client.get(page.address).content.decode()


def test_what_is_withdrawn_or_deleted_is_left_out(client: Client) -> None:
    lota, bell, toy = (make_product(title_en=name) for name in ("Lota", "Bell", "Toy"))
    page = make_collection(lota, bell, toy)
    withdraw(lota)
    Product.objects.get(pk=bell.pk).delete()

    assert titles(page) == ["Toy"]
    assert client.get(page.address).status_code == 200


def test_the_page_shows_its_words_products_and_the_stories_of_its_occasion(client: Client) -> None:
    lota = make_product(title_en="Lota")
    make_story(slug="diyas", title="Three hundred diyas", occasion="deepavali")
    make_story(slug="colours", title="Colour on the doorstep", occasion="holi")
    page = make_collection(lota, occasion="deepavali", cover=make_picture())
    make_collection(lota, language="hi", title="छोटे तोहफ़े", intro="हाथ का काम।")

    response, hindi = client.get(page.address), client.get("/hi/collections/small-gifts/")
    html = response.content.decode()

    assert page.address == "/en/collections/small-gifts/"
    for words in ("Small gifts", "a small note in the purse", "Lota", "Three hundred diyas"):
        assert words in html
    assert "Colour on the doorstep" not in html
    assert response["Cache-Control"].startswith("public")
    assert "छोटे तोहफ़े" in hindi.content.decode()


def test_the_list_shows_every_collection_and_the_footer_leads_there(client: Client) -> None:
    make_collection(cover=make_picture())

    html = client.get("/en/collections/").content.decode()

    assert '<h3><a href="/en/collections/small-gifts/">Small gifts</a></h3>' in html
    assert '<a href="/en/collections/">Collections</a>' in client.get("/en/").content.decode()
    assert CollectionIndexPage.objects.count() == 2


def test_a_collection_costs_the_same_however_many_products(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    made = [make_product(pictures=[make_picture()]) for _ in range(6)]
    page = make_collection(*made[:3], craft=made[0].craft, occasion="deepavali")
    client.get(page.address)

    with django_assert_max_num_queries(10):
        client.get(page.address)


def test_an_editor_makes_one_and_too_many_products_are_refused(editor: Client) -> None:
    lota = make_product()
    parent = CollectionIndexPage.objects.get(locale__language_code="en")
    address = f"/cms/pages/add/cms/collectionpage/{parent.pk}/"

    def form(number: int) -> dict[str, Any]:
        return nested_form_data(
            {
                "title": f"Gifts {number}",
                "slug": "",
                "intro": "By hand.",
                "body": '{"blocks": [], "entityMap": {}}',
                "occasion": "none",
                "picks": streamfield([("product", lota.pk)] * number),
                "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            }
        )

    made, refused = editor.post(address, form(2)), editor.post(address, form(MOST + 1))

    assert (made.status_code, refused.status_code) == (302, 200)
    assert CollectionPage.objects.get().slug == "gifts-2"
