"""Pages travel compressed, and what is secret is not betrayed by it."""

import base64
import gzip
import hashlib
import re
from typing import Any

import brotli
import pytest
from django.test import Client

from storefront.config.sheets import first_sheet
from tests.factories.catalogue import make_product
from tests.factories.purchase import make_basket

pytestmark = pytest.mark.django_db
MODERN = {"accept-encoding": "gzip, deflate, br, zstd"}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("identity", "")],
)
def test_a_public_page_is_sent_as_the_browser_can_read_it(
    client: Client, accepted: str, encoding: str
):
    plain = client.get("/en/shop/")
    page = client.get("/en/shop/", headers={"accept-encoding": accepted})

    assert page.get("Content-Encoding", "") == encoding
    assert UNPACK[encoding](page.content) == plain.content
    assert int(page["Content-Length"]) == len(page.content)
    assert page["Vary"] == "Accept-Encoding"
    assert page["ETag"] == plain["ETag"]


def test_a_kept_page_is_kept_for_each_way_of_reading(
    client: Client, settings: Any, django_assert_num_queries: Any
):
    settings.PAGES_KEPT_SECONDS = 1000
    ways = [MODERN, {"accept-encoding": "gzip"}, {"accept-encoding": "identity"}]
    first = [client.get("/en/shop/", headers=way) for way in ways]
    with django_assert_num_queries(0):
        again = [client.get("/en/shop/", headers=way) for way in ways]

    assert [page.content for page in again] == [page.content for page in first]
    assert [page.get("Content-Encoding", "") for page in again] == ["br", "gzip", ""]


def test_what_comes_again_is_compressed_well(client: Client):
    sizes = [len(client.get("/hi/shop/", headers=MODERN).content) for _ in range(3)]

    assert sizes[0] > sizes[1] == sizes[2]


@pytest.mark.parametrize("seconds", [0, 1000])
def test_who_has_the_compressed_page_is_told_so(client: Client, settings: Any, seconds: int):
    settings.PAGES_KEPT_SECONDS = seconds
    etag = client.get("/en/shop/", headers=MODERN)["ETag"]

    same = client.get("/en/shop/", headers={**MODERN, "if-none-match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert (same["ETag"], same["Vary"]) == (etag, "Accept-Encoding")


def test_a_page_with_a_token_is_never_in_brotli_and_its_length_is_blurred(client: Client):
    client.cookies["zila_basket"] = make_basket(make_product()).token
    pages = [client.get("/en/basket/", headers=MODERN) for _ in range(8)]

    assert {page["Content-Encoding"] for page in pages} == {"gzip"}
    assert len({len(page.content) for page in pages}) > 1
    assert b"csrfmiddlewaretoken" in gzip.decompress(pages[0].content)


def test_a_short_answer_goes_as_it_is(client: Client):
    assert "Content-Encoding" not in client.get("/en/me/", headers=MODERN)


def test_the_policy_allows_just_the_style_sheet_in_the_page(client: Client):
    page = client.get("/en/shop/")

    inside = re.findall(r"<style>(.*?)</style>", page.content.decode(), re.DOTALL)
    assert inside == [first_sheet().css]
    digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]


def test_the_libraries_pages_keep_their_own_scripts(admin_client: Client):
    assert "Content-Security-Policy" not in admin_client.get("/cms/")


def test_the_first_screens_sheet_holds_every_theme_of_the_chain_with_addresses_for_any_page():
    css = first_sheet().css

    assert css.startswith("@layer reset,tokens,base,components,utilities,skin;")
    assert css.index("--radius:2px") < css.index("--paper:#faf4e8"), "parents first"
    assert 'url("/static/zila/fonts/rozha-latin.woff2")' in css
    assert not re.search(r'url\("(?!/static/)', css)
    assert "/*" not in css
    assert "\n" not in css
