"""Somebody takes back what they agreed to, and is gone from everywhere the shop speaks."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from cms.pages.makers import ArtisanPage
from cms.pages.stories import StoryPage
from cms.shown_people import ShownPerson, StoryPerson
from cms.taking_back import TAKEN_BACK
from storefront.catalogue.models import Artisan
from storefront.consent.rules import Use
from storefront.consent.services import follow_all
from storefront.core.clock import now, today
from storefront.media.models import Picture
from storefront.media.services import make_renditions
from tests.cms.story_forms import editing
from tests.cms.whereabouts import make_known_maker, take_back
from tests.factories.catalogue import make_artisan, make_district, make_picture, make_product
from tests.factories.consent import make_agreement, make_person
from tests.factories.pages import make_artisan_page, make_story

DAY = timedelta(days=1)


@pytest.fixture
def maker() -> Artisan:
    """A maker whom the whole shop knows."""
    return make_known_maker()


def test_pages_of_who_withdraws_are_offline_and_their_photo_is_at_no_address(
    maker: Artisan, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    photo = maker.portrait
    files = [photo.file, *(rendition.file for rendition in photo.renditions.all())]
    addresses = [file.url for file in files]
    pages = [f"/{language}/makers/shabana-parveen/" for language in ("en", "hi")]
    stories = [f"/{language}/stories/sand-fire-and-a-small-chisel/" for language in ("en", "hi")]
    assert {client.get(at).status_code for at in (*addresses, *pages, *stories)} == {200}

    with django_capture_on_commit_callbacks(execute=True):
        take_back(maker.person)

    assert {client.get(at).status_code for at in (*addresses, *pages, *stories)} == {404}
    for page in pages:
        assert client.get("/api/v1/pages", {"path": page}).status_code == 404
    photo.refresh_from_db()
    assert Path(photo.file.path).is_file()  # kept, as evidence, at an address nobody knows
    assert photo.renditions.count() == 0


def test_who_takes_back_the_photo_alone_is_still_named(maker: Artisan, client: Client) -> None:
    take_back(maker.person, Use.PORTRAIT)

    lota = maker.products.get(title_en="Brass lota")
    product = client.get(lota.get_absolute_url()).content.decode()
    page = client.get("/en/makers/shabana-parveen/")
    assert 'Made by <a href="/en/makers/shabana-parveen/">Shabana Parveen</a>' in product
    assert page.status_code == 200
    assert "<picture" not in page.content.decode().partition("maker-head")[2].partition("<h1>")[0]


def test_who_takes_back_the_story_alone_has_no_page_and_is_in_no_story(
    maker: Artisan, client: Client
) -> None:
    take_back(maker.person, Use.STORY)

    assert ArtisanPage.objects.live().count() == StoryPage.objects.live().count() == 0
    card = client.get("/api/v1/products").json()["items"][0]
    assert card["maker"]["name"] == "Shabana Parveen"


def test_a_page_that_went_offline_says_why_and_editors_read_it_on_their_front_page(
    maker: Artisan, editor: Client
) -> None:
    take_back(maker.person)

    story = StoryPage.objects.get(locale__language_code="en")
    history = editor.get(reverse("wagtailadmin_pages:history", args=[story.pk])).content.decode()
    front = editor.get(reverse("wagtailadmin_home")).content.decode()
    form_now = editor.get(editing(story)).content.decode()
    assert "Taken offline: somebody it shows does not agree" in history
    assert "Offline because a consent is missing" in front
    assert reverse("wagtailadmin_pages:edit", args=[story.pk]) in front
    assert "Shabana Parveen did not agree to this story in English." in form_now
    assert PageLogEntry.objects.filter(action=TAKEN_BACK).count() == 4


def test_what_is_published_again_is_no_longer_told_of(maker: Artisan, editor: Client) -> None:
    photo = maker.portrait
    take_back(maker.person)
    make_agreement(maker.person, Use.NAME, Use.STORY)
    make_agreement(maker.person, Use.PORTRAIT, photo=photo)

    for page in [*StoryPage.objects.all(), *ArtisanPage.objects.all()]:
        page.save_revision().publish()

    front = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Offline because a consent is missing" not in front


def test_an_agreement_that_ends_does_the_same_and_the_clock_may_run_twice(
    client: Client,
) -> None:
    maker = make_artisan(agrees=False)
    make_agreement(maker.person, Use.NAME, Use.STORY, until_on=today() + DAY)
    maker.refresh_from_db()
    page, lota = make_artisan_page(maker), make_product(artisan=maker)

    shown = []
    for days in (1, 2, 2):
        follow_all(now=now() + days * DAY)
        product = client.get(lota.get_absolute_url()).content.decode()
        page.refresh_from_db()
        shown.append((page.live, "Shabana Parveen" in product))

    assert shown == [(True, True), (False, False), (False, False)]
    assert PageLogEntry.objects.filter(action=TAKEN_BACK).count() == 1


def test_a_photo_whose_agreement_ended_is_taken_down_by_the_clock() -> None:
    photo, person = make_picture(), make_person(district=make_district())
    make_agreement(person, Use.PORTRAIT, photo=photo, until_on=today())
    make_renditions(photo)
    before = photo.file.name

    follow_all(now=now())
    kept = Picture.objects.get(pk=photo.pk).file.name
    follow_all(now=now() + DAY)
    moved = Picture.objects.get(pk=photo.pk).file.name
    follow_all(now=now() + DAY)

    assert kept == before != moved
    assert Picture.objects.get(pk=photo.pk).file.name == moved
    assert not photo.renditions.exists()


def test_editors_are_told_on_their_front_page_thirty_days_before(editor: Client) -> None:
    person = make_person(district=make_district())
    make_agreement(person, Use.NAME, until_on=today() + 30 * DAY)

    front = editor.get(reverse("wagtailadmin_home")).content.decode()

    text = " ".join(BeautifulSoup(front, "html.parser").get_text(" ").split())
    assert "Consents that end soon" in text
    assert "Rahim Khan : name, until" in text


def test_a_story_that_named_somebody_before_the_ledger_knew_them_is_found() -> None:
    story = make_story(lead="Rahim Khan's lathe.")
    person = make_person(district=make_district())
    make_agreement(person, Use.NAME)

    take_back(person)

    story.refresh_from_db()
    assert not story.live


def test_what_a_live_page_shows_is_written_down_once_and_anew() -> None:
    person = make_person(district=make_district())
    make_agreement(person, Use.NAME, Use.STORY)
    story = make_story(lead="Rahim Khan's lathe.")
    first = list(ShownPerson.objects.values_list("person", "use"))

    story.lead = story.search_description = "A lathe."
    story.save_revision().publish()

    assert first == [(person.pk, Use.NAME)]
    assert not ShownPerson.objects.exists()


def test_pages_that_were_live_before_the_ledger_are_found_by_a_portrait_alone(
    maker: Artisan,
) -> None:
    story = StoryPage.objects.get(locale__language_code="en")
    others = StoryPage.objects.exclude(pk=story.pk)
    ShownPerson.objects.all().delete()
    StoryPerson.objects.all().delete()
    StoryPage.objects.update(title="Brass", lead="Sand.", search_description="", body="[]")
    Picture.objects.update(title="Brass", alt_en="Brass", alt_hi="पीतल")
    others.update(live=False)

    call_command("setup_roles", stdout=StringIO())
    call_command("setup_roles", stdout=StringIO())
    shown = set(ShownPerson.objects.filter(page=story.pk).values_list("use", flat=True))
    take_back(maker.person)

    assert shown == {Use.PORTRAIT}
    story.refresh_from_db()
    assert not story.live
