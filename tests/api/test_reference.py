"""The API's description: complete, of OpenAPI 3.1, and readable without scripts or other hosts."""

import re
from typing import Any

import pytest
from django.urls import URLPattern
from ninja import Schema

from storefront.config.api import api as shop_api
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
ADDRESSES = {
    "get": {
        "/districts", "/districts/{slug}", "/crafts", "/crafts/{slug}", "/states",
        "/products", "/products/{product_id}", "/stories", "/stories/{slug}", "/pages",
        "/problems/{code}", "/baskets/{token}", "/orders/{token}",
    },
    "post": {
        "/baskets", "/baskets/{token}/lines", "/baskets/{token}/hold", "/baskets/{token}/quote",
        "/orders", "/orders/{token}/pay", "/orders/{token}/cancel",
        "/orders/{token}/cancel/quote",
    },
    "patch": {"/baskets/{token}/lines/{line_id}"},
    "delete": {"/baskets/{token}/lines/{line_id}"},
}  # fmt: skip  # a table


@pytest.fixture
def schema(api: Caller) -> dict[str, Any]:
    found: dict[str, Any] = api.get("openapi.json").json()
    return found


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path.removeprefix("/api/v1"), operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_openapi_3_1_and_holds_every_promised_address(schema: dict[str, Any]) -> None:
    found = {(method, path) for method, path, _ in operations(schema)}

    assert schema["openapi"].startswith("3.1.")
    assert schema["info"]["title"] == "Zila"
    assert schema["info"]["version"] == "1"
    promised = {(method, path) for method, paths in ADDRESSES.items() for path in paths}
    assert promised - found == set()


def test_every_route_is_described_and_says_what_can_go_wrong(schema: dict[str, Any]) -> None:
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/api/v1/{pattern.pattern}")
        for pattern in shop_api.urls[0]
        if isinstance(pattern, URLPattern)
    }
    own = {"/api/v1/", "/api/v1/openapi.json", "/api/v1/docs", "/api/v1/{rest}"}

    assert routes - own == set(schema["paths"])
    for _, path, operation in operations(schema):
        assert operation["description"], path
        assert operation["tags"], path
        assert "application/problem+json" in operation["responses"]["default"]["content"]
        assert "lang" in {each["name"] for each in operation["parameters"]}
    ids = [operation["operationId"] for _, _, operation in operations(schema)]
    assert len(ids) == len(set(ids))


def test_every_reference_leads_to_a_schema(schema: dict[str, Any]) -> None:
    references = set(re.findall(r"'\$ref': '#/components/schemas/([^']+)'", str(schema)))

    assert references - set(schema["components"]["schemas"]) == set()
    assert {"Problem", "Money", "OrderOut"} <= references


def test_no_two_schemas_have_the_same_name() -> None:
    def below(parent: type) -> list[type]:
        return [found for each in parent.__subclasses__() for found in (each, *below(each))]

    ours = [each for each in below(Schema) if each.__module__.startswith(("storefront.", "cms."))]
    names = [each.__name__ for each in ours if "[" not in each.__name__]

    assert sorted(names) == sorted(set(names))


def test_the_key_of_an_order_is_described_as_needed(schema: dict[str, Any]) -> None:
    parameters = schema["paths"]["/api/v1/orders"]["post"]["parameters"]

    key = next(each for each in parameters if each["name"] == "Idempotency-Key")
    assert (key["in"], key["required"]) == ("header", True)


def test_the_page_shows_every_route_and_loads_nothing_from_elsewhere(
    api: Caller, schema: dict[str, Any]
) -> None:
    answer = api.get("docs")

    page = answer.content.decode()
    assert answer.status_code == 200
    for method, path, operation in operations(schema):
        assert f'id="{operation["operationId"]}"' in page
        assert f"{method.upper()} /api/v1{path}" in page
    links = re.findall(r'(?:src|href|action)="([^"]+)"', page)
    assert [link for link in links if not link.startswith(("/", "#"))] == []
    assert "<script" not in page
    targets = {link.removeprefix("#") for link in links if link.startswith("#")}
    assert targets - set(re.findall(r'id="([^"]+)"', page)) == set()
    assert answer["Cache-Control"] == "public, max-age=55"
