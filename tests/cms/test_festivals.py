"""Festivals: days in India, never two at once, a skin for all, caches that end in time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.festivals import Festival, Season, season_at
from storefront.accounts.roles import Role
from storefront.config.kept_pages import kept_pages
from storefront.config.middleware import public_pages
from storefront.core.clock import now, today
from tests.cms.conftest import member
from tests.factories.catalogue import make_picture

INDIA = ZoneInfo("Asia/Kolkata")
HOLI = {"name_en": "Holi", "name_hi": "होली", "skin": "holi", "words": "gulal"}
FORM = {**HOLI, "first_day": "2027-03-12", "last_day": "2027-03-23", "text_en": "", "text_hi": ""}


def make_festival(first: date, last: date, **facts: Any) -> Festival:
    return Festival.objects.create(**{**HOLI, **facts}, first_day=first, last_day=last)


def unsaved(first: date, last: date) -> Festival:
    return Festival(**HOLI, first_day=first, last_day=last)


@pytest.mark.parametrize(
    ("moment", "skin", "until"),
    [
        ((2027, 3, 11, 23, 59), "", (2027, 3, 12)),
        ((2027, 3, 12, 0, 0), "holi", (2027, 3, 24)),
        ((2027, 3, 23, 23, 59), "holi", (2027, 3, 24)),
        ((2027, 3, 24, 0, 0), "", None),
    ],
)
def test_a_festival_is_from_midnight_to_midnight_in_india(
    moment: tuple[int, ...], skin: str, until: tuple[int, ...] | None
) -> None:
    holi = unsaved(date(2027, 3, 12), date(2027, 3, 23))

    found = season_at(datetime(*moment, tzinfo=INDIA), [holi])  # type: ignore[misc]  # year to minute

    assert found.skin == skin
    assert found.until == (until and datetime(*until, tzinfo=INDIA))  # type: ignore[misc]  # a date


def test_two_days_of_one_festival_are_refused_to_another(editor: Client) -> None:
    make_festival(date(2027, 3, 12), date(2027, 3, 23))

    response = editor.post(
        reverse("festivals:add"), {**FORM, "first_day": "2027-03-23", "last_day": "2027-03-30"}
    )

    words = "Holi has some of these days: it is from 12 March 2027 to 23 March 2027."
    assert words in response.content.decode()
    assert Festival.objects.count() == 1


def test_the_database_refuses_two_at_once() -> None:
    make_festival(date(2027, 3, 12), date(2027, 3, 23))

    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        make_festival(date(2027, 3, 23), date(2027, 3, 30))

    make_festival(date(2027, 3, 24), date(2027, 3, 30))
    assert Festival.objects.count() == 2


def test_the_last_day_is_not_before_the_first(editor: Client) -> None:
    response = editor.post(reverse("festivals:add"), {**FORM, "last_day": "2027-03-01"})

    assert "The last day is before the first." in response.content.decode()
    assert not Festival.objects.exists()


def test_an_editor_moves_a_festival(editor: Client) -> None:
    editor.post(reverse("festivals:add"), FORM)
    holi = Festival.objects.get()

    editor.post(reverse("festivals:edit", args=[holi.pk]), {**FORM, "last_day": "2027-03-22"})

    assert Festival.objects.get().last_day == date(2027, 3, 22)
    assert "Holi" in editor.get(reverse("festivals:index")).content.decode()


def test_a_correspondent_does_not_set_festivals() -> None:
    correspondent = member(Role.CORRESPONDENT)

    correspondent.post(reverse("festivals:add"), FORM)

    assert not Festival.objects.exists()


def test_the_home_page_tells_of_the_festival_while_it_lasts(client: Client) -> None:
    before = client.get("/en/").content.decode()
    holi = make_festival(today(), today(), picture=make_picture("Bowls of gulal", "गुलाल"))
    english, hindi = (client.get(f"/{each}/").content.decode() for each in ("en", "hi"))
    shop = client.get("/en/shop/").content.decode()
    holi.delete()
    after = client.get("/en/").content.decode()

    assert ('class="festival"' in before, "data-skin" in before) == (False, False)
    assert '<html lang="en-IN" data-skin="holi">' in english
    assert '<a class="button" href="/en/search/?q=gulal">' in english
    assert 'alt="Bowls of gulal"' in english
    assert "<h2>होली</h2>" in hindi
    assert ('class="festival"' in shop, 'data-skin="holi"' in shop) == (False, True)
    assert after == before


def test_a_festival_costs_one_query_a_minute(client: Client) -> None:
    make_festival(today(), today(), picture=make_picture())
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/")
        asked.append(sum("cms_festival" in query["sql"] for query in queries))

    assert asked == [1, 0]


def answered(until: datetime | None, make: Callable[[], None] = lambda: None) -> HttpResponse:
    """Return a public page of a season that ends then; `make` happens while the page is made."""
    request = RequestFactory().get("/en/shop/")
    request.season = Season(until=until)  # type: ignore[attr-defined]  # what a festival would say

    def page(request: HttpRequest) -> HttpResponse:
        make()
        return HttpResponse("a page")

    return kept_pages(public_pages(page))(request)


def test_no_cache_keeps_a_page_beyond_the_first_day_of_a_festival(settings: Any) -> None:
    settings.PAGES_KEPT_SECONDS = 1000
    moment = now()
    soon = answered(moment + timedelta(seconds=50, milliseconds=900))
    caches["pages"].clear()
    at_once = answered(moment + timedelta(seconds=20, milliseconds=900))
    caches["pages"].clear()
    never = answered(None)

    assert soon["Cache-Control"] == "public, max-age=30, stale-while-revalidate=20"
    assert at_once["Cache-Control"] == "public, max-age=20, stale-while-revalidate=0"
    assert never["Cache-Control"] == "public, max-age=30, stale-while-revalidate=25"


def test_a_page_made_over_midnight_is_not_kept_at_all(settings: Any) -> None:
    settings.PAGES_KEPT_SECONDS = 1000
    midnight = now()

    first = answered(midnight)
    again = answered(None)

    assert first["Cache-Control"] == "public, max-age=0, stale-while-revalidate=0"
    assert "Age" not in again


def test_the_shop_keeps_a_page_no_longer_than_its_skin(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGES_KEPT_SECONDS = 1000
    clock = [timezone.now().timestamp()]
    monkeypatch.setattr("time.time", lambda: clock[0])
    answered(now() + timedelta(seconds=20, milliseconds=500))
    clock[0] += 19
    kept = answered(None)
    clock[0] += 2
    anew = answered(None)

    assert ("Age" in kept, "Age" in anew) == (True, False)
