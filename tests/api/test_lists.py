"""Lists: pages that neither repeat nor lose anything, filters, and few queries."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.catalogue.models import Product
from storefront.catalogue.rules import ONE_PIECE, Box, Quantity, Unit
from tests.api.conftest import Caller
from tests.factories.catalogue import (
    make_artisan,
    make_colour,
    make_craft,
    make_district,
    make_gi_right,
    make_material,
    make_picture,
    make_product,
    make_seller,
)

pytestmark = pytest.mark.django_db


def walk(api: Caller, address: str, way: str = "next") -> list[list[Any]]:
    """Return the pages from an address on, each as its items' ids or slugs."""
    pages = []
    here: str | None = address
    while here:
        page = api.get(here).json()
        pages.append([item.get("id", item.get("slug")) for item in page["items"]])
        here = page[way]
    return pages


def test_pages_follow_each_other_by_priority_and_lead_back(api: Caller) -> None:
    seller = make_seller()
    ids = [make_product(seller=seller, priority=rank).pk for rank in (0, 5, 0, 5, 0)]

    pages = walk(api, "products?limit=2")

    assert pages == [[ids[3], ids[1]], [ids[4], ids[2]], [ids[0]]]
    last = api.get(api.get(api.get("products?limit=2").json()["next"]).json()["next"]).json()
    assert last["next"] is None
    assert walk(api, last["prev"], "prev") == [[ids[4], ids[2]], [ids[3], ids[1]]]


def test_products_of_one_moment_come_once_each(api: Caller) -> None:
    seller = make_seller()
    ids = [make_product(seller=seller).pk for _ in range(3)]
    Product.objects.update(date_created=datetime(2026, 3, 4, 5, 6, 7, 891234, tzinfo=UTC))

    pages = walk(api, "products?limit=2")

    assert pages == [[ids[2], ids[1]], [ids[0]]]
    assert walk(api, "products?limit=1") == [[ids[2]], [ids[1]], [ids[0]]]


def test_a_new_product_in_front_repeats_and_hides_nothing(api: Caller) -> None:
    seller = make_seller()
    ids = [make_product(seller=seller).pk for _ in range(4)]
    first = api.get("products?limit=2").json()

    newcomer = make_product(seller=seller, priority=9).pk
    second = api.get(first["next"]).json()

    assert [item["id"] for item in first["items"]] == [ids[3], ids[2]]
    assert [item["id"] for item in second["items"]] == [ids[1], ids[0]]
    assert second["next"] is None
    assert [item["id"] for item in api.get("products?limit=1").json()["items"]] == [newcomer]


def test_filters_keep_their_place_in_the_address_of_the_next_page(api: Caller) -> None:
    seller, agra = make_seller(), make_district("Agra", "आगरा")
    for price in ("100.00", "200.00", "300.00"):
        make_product(seller=seller, district=agra, price=price)
    make_product(seller=seller, price="200.00")

    page = api.get("products?district=agra&price_from=150&limit=1").json()

    assert [item["price"]["amount"] for item in page["items"]] == ["300.00"]
    rest = api.get(page["next"]).json()
    assert [item["price"]["amount"] for item in rest["items"]] == ["200.00"]
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("district=agra", ["shoe"]),
        ("district=agra&district=moradabad", ["lota", "pot", "shoe"]),
        ("craft=leather", ["shoe"]),
        ("maker=shabana-parveen", ["lota"]),
        ("price_from=1000", ["lota"]),
        ("price_to=500.00", ["pot", "shoe"]),
        ("in_stock=true", ["lota", "shoe"]),
        ("ready=true", ["lota"]),
        ("material=hide&colour=tan&colour=red", ["shoe"]),
        ("gi=true", ["lota"]),
        ("seller=moradabad-brass-workshop&country=in", ["lota", "pot", "shoe"]),
        ("in_stock=true&price_to=500&craft=brassware", []),
    ],
)
def test_products_are_found_by(api: Caller, query: str, found: list[str]) -> None:
    seller = make_seller()
    lota = {"artisan": make_artisan(), "gi_right": make_gi_right()}
    make_product(seller=seller, title_en="lota", price="1450.00", **lota)
    make_product(seller=seller, title_en="pot", price="90.00", stock=0)
    leather, agra = make_craft("Leather", "चमड़ा"), make_district("Agra", "आगरा")
    make_product(
        seller=seller,
        title_en="shoe",
        price="500.00",
        craft=leather,
        district=agra,
        lead_days=9,
        made_of=[make_material("Hide", "खाल")],
        colours=[make_colour("Tan", "भूरा"), make_colour("Red", "लाल")],
    )
    make_product(seller=seller, title_en="draft", is_live=False)

    page = api.get(f"products?{query}").json()

    assert sorted(item["title"] for item in page["items"]) == found


def test_a_product_tells_price_stock_picture_and_where_it_comes_from(api: Caller) -> None:
    maker = make_artisan()
    product = make_product(
        price="1450.00", stock=2, artisan=maker, pictures=[make_picture(width=500)]
    )

    short = api.get("products").json()["items"][0]
    long = api.get(f"products/{product.pk}").json()

    assert short["price"] == {"amount": "1450.00", "currency": "INR"}
    assert short["stock"] == {"state": "low", "text": "Only 2 left", "free": 2, "held_until": None}
    assert short["district"] == {
        "slug": "moradabad",
        "name": "Moradabad",
        "url": "http://testserver/en/districts/moradabad/",
    }
    assert short["maker"]["name"] == "Shabana Parveen"
    assert short["picture"]["alt"] == "A brass lota"
    assert short["picture"]["src"].startswith("http://testserver/media/")
    sources = short["picture"]["srcset"].split(", ")
    assert [source.partition("/media/")[0] for source in sources] == ["http://testserver"] * 2
    assert short["url"] == f"http://testserver/en/shop/brass-lota-{product.pk}/"
    assert {key: long[key] for key in short if key != "picture"} == {
        key: short[key] for key in short if key != "picture"
    }
    assert long["seller"]["name"] == "Moradabad Brass Workshop"
    assert long["description"] == "Cast in one piece and turned by hand."
    assert long["sku"] == product.upc


@pytest.mark.parametrize(
    ("net", "quantity", "unit_price"),
    [
        (ONE_PIECE, {"amount": "1", "unit": "piece"}, None),
        (
            Quantity(Decimal(1500), Unit.GRAM),
            {"amount": "1.5", "unit": "kg"},
            {"price": {"amount": "966.67", "currency": "INR"}, "per": "kg"},
        ),
    ],
)
def test_a_product_tells_how_much_is_in_it(
    api: Caller, net: Quantity, quantity: Any, unit_price: Any
) -> None:
    product = make_product(price="1450.00", net=net)

    told = api.get(f"products/{product.pk}").json()

    assert told["net_quantity"] == quantity
    assert told["unit_price"] == unit_price


def test_a_product_tells_its_size_as_it_travels(api: Caller) -> None:
    boxed = make_product(box=Box(Decimal(30), Decimal("20.5"), Decimal(10)))

    told = api.get(f"products/{boxed.pk}").json()["packed_size"]
    untold = api.get(f"products/{make_product().pk}").json()["packed_size"]

    assert told == {"length_cm": "30.0", "width_cm": "20.5", "height_cm": "10.0"}
    assert untold == {"length_cm": None, "width_cm": None, "height_cm": None}


def test_a_withdrawn_product_and_a_draft_are_not_found(api: Caller) -> None:
    draft = make_product(is_live=False)

    answer = api.get(f"products/{draft.pk}")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"


def test_districts_and_crafts_are_listed_and_told_of(api: Caller) -> None:
    make_district("Agra", "आगरा")
    make_district("Banda", "बाँदा")
    make_craft()

    assert walk(api, "districts?limit=1") == [["agra"], ["banda"]]
    assert walk(api, "crafts") == [["brassware"]]
    assert api.get("districts/agra").json()["listed_products"] == []
    assert api.get("crafts/brassware").json()["family"] == "metal"
    assert api.get("districts/atlantis").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 24])
def test_a_page_of_products_costs_two_queries(
    api: Caller, count: int, django_assert_num_queries: Any
) -> None:
    seller, maker = make_seller(), make_artisan()
    for _ in range(count):
        make_product(seller=seller, artisan=maker, pictures=[make_picture()])
    api.get("products")

    with django_assert_num_queries(2):
        page = api.get("products").json()

    assert len(page["items"]) == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", ["districts", "crafts", "states"])
def test_a_list_of_places_costs_one_query(
    api: Caller, address: str, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_district(f"District {number}", "ज़िला")
        make_craft(f"Craft {number}", "शिल्प")

    with django_assert_num_queries(1):
        api.get(address)


def test_a_filtered_page_of_24_stays_within_three_queries(api: Caller) -> None:
    seller = make_seller()
    for _ in range(24):
        make_product(seller=seller, pictures=[make_picture()])

    with CaptureQueriesContext(connection) as queries:
        page = api.get("products?district=moradabad&craft=brassware&in_stock=true").json()

    assert len(page["items"]) == 24
    assert len(queries) == 3
    assert Product.objects.count() == 24


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("limit=101", "limit"),
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("cursor=made-up", "cursor"),
        ("price_from=-1", "price_from"),
        ("price_to=NaN", "price_to"),
        ("price_to=1e400", "price_to"),
        ("price_from=1.005", "price_from"),
        ("district=atlantis", "district"),
        ("craft=%01", "craft"),
        ("in_stock=perhaps", "in_stock"),
    ],
)
def test_a_senseless_filter_is_a_problem_that_names_it(api: Caller, query: str, place: str) -> None:
    answer = api.get(f"products?{query}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"][:2] == ["query", place]


def test_the_cursor_of_one_list_is_of_no_use_in_another(api: Caller) -> None:
    make_district("Agra", "आगरा")
    make_district("Banda", "बाँदा")
    following = api.get("districts?limit=1").json()["next"]

    answer = api.get(following.replace("districts", "products"))

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"loc": ["query", "cursor"], "msg": "This cursor is not of this list."}
    ]
