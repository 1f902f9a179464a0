"""What is no text is refused once at the API too: 400, a problem, in the reader's language."""

import json
from typing import Any

import pytest
from django.test import Client

from storefront.basket.models import Basket
from storefront.checkout.models import OrderRequest
from storefront.order.models import Order
from tests.api.conftest import Caller, Json, order_of
from tests.factories.catalogue import make_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post_office")]

PROBLEM = {
    "en": {
        "type": "/api/v1/problems/unreadable",
        "title": "Unreadable characters",
        "status": 400,
        "detail": "Some characters cannot be read, so nothing was done. "
        "Please send it without them.",
        "code": "unreadable",
    },
    "hi": {
        "type": "/api/v1/problems/unreadable",
        "title": "न पढ़े जा सकने वाले अक्षर",
        "status": 400,
        "detail": "कुछ अक्षर पढ़े नहीं जा सकते, इसलिए कुछ नहीं किया गया। कृपया उन्हें हटाकर फिर भेजें।",
        "code": "unreadable",
    },
}
BAD_IN_ADDRESS = ["%00", "a%00b", "%FF", "%ED%A0%80"]
BAD_IN_JSON = ["\x00", "Luck\x00now", "\ud800", "x\udfff"]


def refused(answer: Any, language: str) -> None:
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Content-Language"] == language
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.json() == PROBLEM[language]


@pytest.mark.parametrize("bad", BAD_IN_ADDRESS)
@pytest.mark.parametrize(
    "address",
    [
        "pages?path={bad}",
        "pages?path=/en/{bad}/",
        "products?district={bad}",
        "products?cursor={bad}",
        "stories?craft={bad}",
        "districts?nobody-reads-this={bad}",
        "districts?lang={bad}",
        "districts/{bad}",
        "baskets/{bad}",
        "orders/{bad}",
        "{bad}",
    ],
)
def test_an_address_that_is_no_text_is_refused(api: Caller, address: str, bad: str) -> None:
    refused(api.get(address.format(bad=bad), **{"accept-language": "hi"}), "hi")


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("bad", BAD_IN_JSON)
@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("contact", "name"),
        ("contact", "email"),
        ("contact", "phone"),
        ("address", "line1"),
        ("address", "town"),
        ("address", "pin"),
        ("address", "nobody-reads-this"),
    ],
)
def test_an_order_that_is_no_text_is_refused_and_nothing_is_written(
    api: Caller, part: str, name: str, bad: str, language: str
) -> None:
    body: Json = order_of(api.basket_of(make_product(price="1000.00").pk), "1060.00")
    body[part][name] = bad

    refused(api.order(body, **{"accept-language": language}), language)

    assert not OrderRequest.objects.exists()
    assert not Order.objects.exists()


def test_the_name_of_a_field_is_text_too(api: Caller) -> None:
    token = api.post("baskets").json()["token"]

    answer = api.send("post", f"baskets/{token}/lines", json.dumps({"a\x00b": 1}))

    refused(answer, "en")


@pytest.mark.parametrize("raw", [b'{"a": "\xff"}', b'{"a": "\xed\xa0\x80"}', "{}".encode("utf-16")])
def test_json_is_utf_8(api: Caller, raw: bytes) -> None:
    token = api.post("baskets").json()["token"]

    answer = api.send("post", f"baskets/{token}/lines", raw)

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_the_code_of_a_character_written_out_is_just_a_text(api: Caller) -> None:
    body = order_of(api.basket_of(make_product(price="1000.00").pk), "1060.00")
    body["address"]["town"] = "\\u0000 \\ud800"

    answer = api.order(body)

    # It came through the door: the payment page, which no test has here, is all that is missing.
    assert (answer.status_code, answer.json()["code"]) == (503, "gateway-down")
    assert Order.objects.get().shipping_address.line4 == "\\u0000 \\ud800"


def test_a_cookie_that_nobody_asked_for_is_refused_in_the_same_words(api: Caller) -> None:
    answer = api.get("districts", cookie='zila_basket="a\\000b"')

    refused(answer, "en")
    assert answer.cookies["zila_basket"]["max-age"] == 0


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/xml",
        "",
    ],
)
def test_a_body_is_json_whatever_it_says_of_itself(kind: str) -> None:
    client = Client()
    token = client.post("/api/v1/baskets").json()["token"]
    lines = f"/api/v1/baskets/{token}/lines"
    form = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\x00\r\n--x--\r\n'

    strange = client.post(lines, form, content_type=kind)
    plain = client.post(lines, b'{"product_id": %d}' % make_product().pk, content_type=kind)

    assert (strange.status_code, strange.json()["code"]) == (400, "malformed")
    assert plain.status_code == 201
    assert Basket.objects.get().num_lines == 1
