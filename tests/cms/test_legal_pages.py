"""The small print: it is there, in both languages, and says what the shop does."""

import csv
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cms.pages.standard import FIRST
from cms.planting import WORDS
from storefront.catalogue.rules import READY_STOCK_DAYS
from storefront.core.money import grouped
from storefront.order.rules import CANCELS_IN, Asker, SellerOrderState

RATES = settings.BASE_DIR / "fixtures" / "data" / "shipping_rates.csv"
LANGUAGES = ("en", "hi")


def words(slug: str, language: str) -> str:
    return " ".join(part["text"] for part in WORDS[slug][language]["parts"])


def numbers(text: str) -> set[str]:
    return set(re.findall(r"[0-9][0-9,]*", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_planted_and_linked_at_the_foot(client: Client, language: str) -> None:
    home = client.get(f"/{language}/").content.decode()

    for slug in FIRST:
        page = client.get(f"/{language}/{slug}/")
        assert page.status_code == 200, slug
        assert f"<h1>{WORDS[slug][language]['title']}</h1>" in page.content.decode()
        if slug != "how-search-works":  # the search links to it
            assert f'href="/{language}/{slug}/"' in home, slug


def test_both_languages_have_the_same_parts() -> None:
    for slug in FIRST:
        english, hindi = (WORDS[slug][language]["parts"] for language in LANGUAGES)
        assert len(english) == len(hindi), slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_delivery_page_says_what_the_table_of_rates_says(language: str) -> None:
    with RATES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    told = numbers(words("delivery", language))

    days = {row[name] for row in rows for name in ("days_min", "days_max")}
    assert days | {min((row["charge"] for row in rows), key=int)} <= told
    assert {str(settings.ARRIVED_AFTER_DAYS), str(READY_STOCK_DAYS)} <= told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_returns_says_what_the_rules_say(language: str) -> None:
    told = words("returns", language)

    assert "{return_days}" in told
    assert grouped(settings.REFUND_ALONE_UP_TO) in told
    # "Until the seller has packed the parcel": the buyer's right to take pieces back ends there.
    assert CANCELS_IN[Asker.BUYER] == {SellerOrderState.ACCEPTED}


@pytest.mark.parametrize(
    ("language", "promise"),
    [("en", "Tell us within 10 days of its arrival"), ("hi", "पहुँचने के 10 दिन के भीतर")],
)
def test_the_page_of_returns_promises_the_days_of_the_settings(
    client: Client, settings: Any, language: str, promise: str
) -> None:
    settings.RETURN_DAYS = 10

    assert promise in client.get(f"/{language}/returns/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_say_how_long_pieces_are_kept(language: str) -> None:
    kept = {str(settings.PAYMENT_WINDOW_MINUTES), str(settings.CASH_CONFIRM_MINUTES)}

    assert kept <= numbers(words("terms", language))


@pytest.mark.parametrize(("language", "demo"), [("en", "demonstration"), ("hi", "नमूने")])
def test_what_is_made_up_says_so(language: str, demo: str) -> None:
    for slug in ("contact", "grievance"):
        assert demo in words(slug, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_grievance_page_names_the_clocks_of_the_law(language: str) -> None:
    assert {"48", "2020"} <= numbers(words("grievance", language))
