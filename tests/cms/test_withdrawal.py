"""Somebody takes back what they agreed to, and is gone from everywhere the shop speaks."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.pages.makers import ArtisanPage
from cms.pages.stories import StoryPage
from cms.people import ConsentMissing
from cms.shown_people import ShownPerson
from cms.taking_back import HELD_BACK, TAKEN_BACK, publish_due
from storefront.catalogue.models import Artisan, Product
from storefront.consent.models import Person
from storefront.consent.rules import Use
from storefront.consent.services import follow_all, withdraw
from storefront.core.clock import now, today
from storefront.media.models import Picture
from storefront.media.services import make_renditions
from storefront.search.services import collect_terms
from tests.cms.story_forms import adding, editing, form
from tests.factories.catalogue import (
    make_artisan,
    make_district,
    make_gi_right,
    make_picture,
    make_product,
)
from tests.factories.consent import make_agreement, make_person, make_recorder
from tests.factories.pages import make_artisan_page, make_craft_page, make_district_page, make_story

DAY = timedelta(days=1)
NAMES = ("Shabana Parveen", "शबाना परवीन", "shabana-parveen")


def take_back(person: Person, *uses: Use) -> None:
    rows = person.agreements.filter(use__in=uses or list(Use))
    numbers = list(rows.values_list("pk", flat=True))
    withdraw(person, numbers, reason="Asked by phone.", by=make_recorder(), now=now())


def everything_told(client: Client, lota: Product) -> dict[str, str]:
    """Return what every place of the shop says that could speak of the maker."""
    told = {}
    for language in ("en", "hi"):
        with override(language):
            addresses = [
                *(reverse(name) for name in ("home", "makers", "stories", "shop", "districts")),
                reverse("district", args=["moradabad"]),
                reverse("craft", args=["brassware"]),
                lota.get_absolute_url(),
                *(f"{reverse('search')}?q={word}" for word in ("Shabana", "शबाना", "lota", "लोटा")),
                f"{reverse('suggest')}?q=shab",
            ]
        addresses += [
            f"/api/v1/{rest}lang={language}"
            for rest in (
                "products?",
                f"products/{lota.pk}?",
                "stories?",
                "districts?",
                "search/suggestions?q=shab&",
            )
        ]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            told[address] = answer.content.decode()
    for kind in ("artisanpage", "storypage", "products"):
        told[kind] = client.get("/sitemap.xml", {"section": kind}).content.decode()
    return told


def naming(told: dict[str, str], *more: str) -> set[str]:
    """Return the places that name the maker in any way."""
    return {at for at, said in told.items() if any(name in said for name in (*NAMES, *more))}


@pytest.fixture
def maker() -> Artisan:
    """A maker with portrait, page, product and story in both languages, known to the search box."""
    photo = make_picture("Shabana Parveen", "शबाना परवीन")
    made = make_artisan(portrait=photo, bio_en="Turns lotas.", bio_hi="लोटे बनाती हैं।")
    make_renditions(photo)
    for language in ("en", "hi"):
        make_artisan_page(made, language=language)
        make_district_page(language=language)
        make_craft_page(language=language)
        make_story(language=language)
    lota = make_product(artisan=made, gi_right=make_gi_right())
    make_product(title_en="Brass lamp", artisan=made)
    tell_of(made.person, StoryPage.objects.all(), lota)
    collect_terms()
    return Artisan.objects.get(pk=made.pk)


def tell_of(person: Person, stories: Any, product: Product) -> None:
    for story in stories:
        story.people.create(person=person)
        story.lead = f"{getattr(person, f'name_{story.locale.language_code}')}: {product.title}"
        story.save_revision().publish()


def test_who_withdraws_is_gone_from_every_place_at_once(maker: Artisan, client: Client) -> None:
    lota = maker.products.get(title_en="Brass lota")
    files = [rendition.file.name for rendition in maker.portrait.renditions.all()]
    files.append(maker.portrait.file.name)
    before = everything_told(client, lota)
    make_story(slug="another")  # so that the map of stories is not empty

    take_back(maker.person)

    after = everything_told(client, lota)
    assert len(naming(before, *files)) > 20
    assert naming(after, *files) == set()
    assert "Made by a maker from Moradabad" in after[lota.get_absolute_url()]
    assert "More by the same maker" in after[lota.get_absolute_url()]
    with override("hi"):
        assert "मुरादाबाद के एक कारीगर के हाथ का काम" in after[lota.get_absolute_url()]


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
    take_back(maker.person)
    make_agreement(maker.person, Use.NAME, Use.STORY)

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


def test_a_page_planned_for_later_is_held_back_and_keeps_no_other_from_its_readers(
    editor: Client,
) -> None:
    person = make_person(district=make_district())
    make_agreement(person, Use.NAME, Use.STORY)
    later = now() + timedelta(hours=1)
    both = [make_story(slug="first"), make_story(slug="second")]
    for story in both:
        story.unpublish()
        story.go_live_at = later
    both[0].people.create(person=person)
    for story in both:
        story.save_revision().publish()
    take_back(person)

    # A minute later the clock looks: the first story may not be shown any more.
    Page.objects.all().update(go_live_at=now() - DAY)
    for story in both:
        revision = story.latest_revision
        revision.content["go_live_at"] = (now() - DAY).isoformat()
        revision.approved_go_live_at = now() - DAY
        revision.save()
    publish_due(now=now())
    publish_due(now=now())

    assert [StoryPage.objects.get(pk=story.pk).live for story in both] == [False, True]
    assert PageLogEntry.objects.get(action=HELD_BACK).page_id == both[0].pk
    front = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Offline because a consent is missing" in front


def test_a_plan_without_consent_is_refused_by_the_form(editor: Client) -> None:
    person = make_person(district=make_district())
    later = (now() + DAY).strftime("%Y-%m-%d %H:%M")
    sent = form(people=[person], go_live_at=later, expire_at="")

    answer = editor.post(adding(), sent | {"action-publish": "publish"})

    assert "did not agree" in answer.content.decode()
    assert not StoryPage.objects.exists()


def test_a_translation_is_not_published_without_consent_in_its_language(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = make_person(district=make_district())
    make_agreement(person, Use.NAME, Use.STORY, languages=["en"])
    story = make_story()
    story.people.create(person=person)
    story.save_revision().publish()
    source, _ = TranslationSource.update_or_create_from_instance(story)
    target = Locale.objects.get(language_code="hi")
    translation = Translation.objects.create(source=source, target_locale=target)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string, locale=target, context=segment.context, data="हिन्दी में"
        )

    with (
        pytest.raises(ConsentMissing, match="in Hindi"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        translation.save_target(publish=True)
    refused = StoryPage.objects.get(locale=target)
    make_agreement(person, Use.NAME, Use.STORY, languages=["hi"])
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    hindi = StoryPage.objects.get(locale=target)
    assert (refused.live, hindi.live) == (False, True)
    assert [row.person for row in hindi.people.all()] == [person]


def test_a_copy_and_many_pages_at_once_are_refused_with_the_reason(editor: Client) -> None:
    person = make_person(district=make_district())
    story = make_story()
    story.unpublish()
    story.people.create(person=person)
    story.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = editor.post(f"{bulk}?id={story.pk}", {"next": "/cms/"}, follow=True)

    assert "Rahim Khan did not agree to be named in English." in answer.content.decode()
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
