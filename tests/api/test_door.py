"""What holds for every answer: language, caching, and problems of one shape."""

from typing import Any

import pytest
from django.test import Client

from storefront.api.errors import KINDS
from tests.api.conftest import Caller
from tests.factories.catalogue import make_district, make_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "header", "language"),
    [
        ("districts", "", "en"),
        ("districts", "hi", "hi"),
        ("districts", "fr, hi-IN;q=0.8, en;q=0.5", "hi"),
        ("districts", "fr, de", "en"),
        ("districts?lang=hi", "en", "hi"),
        ("districts?lang=en", "hi", "en"),
    ],
)
def test_the_answer_is_in_the_readers_language(
    api: Caller, address: str, header: str, language: str
) -> None:
    make_district("Agra", "आगरा")

    answer = api.get(address, **{"accept-language": header})

    item = answer.json()["items"][0]
    assert item["name"] == {"en": "Agra", "hi": "आगरा"}[language]
    assert item["url"] == f"http://testserver/{language}/districts/agra/"
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("code", ["fr", "", "EN", "hi-IN", "x" * 500])
def test_an_unknown_language_is_a_problem(api: Caller, code: str) -> None:
    english = api.get(f"districts?lang={code}")
    hindi = api.get(f"districts?lang={code}", **{"accept-language": "hi"})

    assert (english.status_code, hindi.status_code) == (422, 422)
    assert english.json()["code"] == hindi.json()["code"] == "unknown-language"
    assert english.json()["detail"] == "The shop speaks en and hi."
    assert hindi.json()["detail"] == "दुकान en और hi समझती है।"
    assert (english["Content-Language"], hindi["Content-Language"]) == ("en", "hi")


def test_a_language_cookie_changes_nothing(api: Caller) -> None:
    make_district("Agra", "आगरा")
    client = Client()
    client.cookies["django_language"] = "hi"

    answer = client.get("/api/v1/districts")

    assert answer.json()["items"][0]["name"] == "Agra"


def test_mistakes_are_told_in_hindi_where_django_knows_the_words(api: Caller) -> None:
    body = {
        "basket_token": api.post("baskets").json()["token"],
        "contact": {"name": "", "email": "", "phone": ""},
        "address": {"line1": "", "town": "", "pin": "", "state": ""},
        "expected_total": {"amount": "1.00"},
    }

    answer = api.order(body, **{"accept-language": "hi"})

    assert answer["Content-Language"] == "hi"
    messages = {error["msg"] for error in answer.json()["errors"]}
    assert messages == {"यह भरना ज़रूरी है।"}


def test_public_answers_may_be_kept_and_asked_for_again_cheaply(api: Caller) -> None:
    make_product()

    first = api.get("products")
    again = api.get("products", **{"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=55"
    assert not first.cookies
    assert "Cookie" not in first["Vary"]
    assert again.status_code == 304
    assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("address", ["products/999999", "products?limit=0", "nowhere"])
def test_problems_are_not_kept_by_caches(api: Caller, address: str) -> None:
    assert api.get(address)["Cache-Control"] == "private, no-store"


def test_baskets_are_never_kept(api: Caller) -> None:
    made = api.post("baskets")
    shown = api.get(f"baskets/{made.json()['token']}")

    assert made["Cache-Control"] == shown["Cache-Control"] == "private, no-store"
    assert "ETag" not in shown


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "nowhere"),
        ("post", "nowhere/else/"),
        ("get", "products/999999999999999999999"),
        ("get", "products/abc"),
        ("get", "a%0d%0ab"),
        ("delete", "districts/agra/more"),
    ],
)
def test_an_address_that_does_not_exist_is_a_problem_and_no_redirect(
    api: Caller, method: str, address: str
) -> None:
    answer: Any = getattr(api, method)(address)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/api/v1/problems/not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing at this address.",
        "code": "not-found",
    }


def test_who_asks_only_for_the_head_gets_it(api: Caller) -> None:
    make_district("Agra", "आगरा")

    whole, head = api.get("districts"), api.send("head", "districts", "")

    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == whole["Content-Length"]
    assert head["Cache-Control"] == whole["Cache-Control"] == "public, max-age=55"


def test_a_slash_too_many_leads_to_the_address_without_it(api: Caller) -> None:
    make_district("Agra", "आगरा")

    answer = api.get("districts/agra/?lang=hi")

    assert answer.status_code == 308
    assert answer["Location"] == "/api/v1/districts/agra?lang=hi"


def test_a_method_that_an_address_does_not_know_is_a_problem_that_names_the_others(
    api: Caller,
) -> None:
    answer = api.delete("districts")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer.json()["code"] == "method-not-allowed"


@pytest.mark.parametrize("code", sorted(KINDS))
def test_the_type_of_a_problem_tells_what_it_is(api: Caller, code: str) -> None:
    answer = api.get(f"problems/{code}")

    assert answer.json() == {
        "code": code,
        "title": str(KINDS[code].title),
        "status": KINDS[code].status,
    }
