"""Whoever stands in a block, however deep, must agree as anybody else."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from cms.pages.stories import StoryPage
from cms.people import ConsentMissing
from storefront.consent.models import Person
from storefront.consent.rules import Use
from storefront.consent.services import withdraw
from storefront.core.clock import now
from storefront.media.models import Picture
from tests.cms.blocks.telling import SLUG, read, tell, told_by_api, words_of
from tests.factories.catalogue import make_artisan, make_district, make_picture, make_product
from tests.factories.consent import make_agreement, make_person, make_recorder


def image(picture: Picture, said: str = "") -> dict[str, Any]:
    return {"image": picture.pk, "alt_text": said, "decorative": not said}


def made_by(number: int) -> tuple[str, Any]:
    return "made_by", {"artisan": number, "words": "", "look": "plain"}


def quote(number: int) -> tuple[str, Any]:
    return "quote", {"text": "Wait.", "artisan": number, "attribution": "", "look": "plain"}


@pytest.mark.parametrize("block", [made_by, quote])
def test_a_maker_chosen_in_a_block_must_agree(block: Any) -> None:
    maker = make_artisan(agrees=False)

    with pytest.raises(ConsentMissing) as refused:
        tell(block(maker.pk))

    assert refused.value.messages == [
        "Shabana Parveen did not agree to be named in English.",
        "Shabana Parveen did not agree to this story in English.",
    ]


@pytest.mark.parametrize("block", [made_by, quote])
def test_a_story_goes_offline_when_the_maker_in_its_block_withdraws(block: Any) -> None:
    maker = make_artisan()
    story = tell(block(maker.pk))

    take_back(maker.person)

    assert StoryPage.objects.get(pk=story.pk).live is False


def test_who_takes_back_the_portrait_alone_stays_in_the_story_without_it() -> None:
    maker = make_artisan(portrait=make_picture("Shabana Parveen"))
    story = tell(made_by(maker.pk), quote(maker.pk))
    before = [block["maker"]["picture"] for block in told_by_api()]

    take_back(maker.person, Use.PORTRAIT)

    assert StoryPage.objects.get(pk=story.pk).live
    assert all(before)
    assert [block["maker"]["picture"] for block in told_by_api()] == [None, None]
    assert "Shabana Parveen" in words_of(read())
    assert not read().select("img")


def test_who_may_be_named_in_hindi_alone_has_no_page_to_lead_to() -> None:
    maker = make_artisan(agrees=False)
    make_agreement(maker.person, Use.NAME, Use.STORY, languages=["hi"])
    tell(made_by(maker.pk), quote(maker.pk), language="hi")

    told = [(block["maker"]["name"], block["maker"]["url"]) for block in told_by_api("hi")]

    assert told == [("शबाना परवीन", None)] * 2
    assert not read("hi").select("a")


def on_picture(photo: Picture) -> tuple[str, Any]:
    return "picture", {"picture": image(photo), "caption": ""}


def in_gallery(photo: Picture) -> tuple[str, Any]:
    both = [{"picture": image(each), "caption": ""} for each in (make_picture(), photo)]
    return "gallery", {"title": "", "pictures": both, "layout": "swipe"}


def in_steps(photo: Picture) -> tuple[str, Any]:
    steps = [{"title": "One", "words": "x", "picture": image(each)} for each in (photo, photo)]
    return "steps", {"title": "", "steps": steps}


@pytest.mark.parametrize("block", [on_picture, in_gallery, in_steps])
def test_a_photo_of_somebody_in_a_block_must_be_agreed_to(block: Any) -> None:
    photo, person = make_picture(), make_person(district=make_district())
    make_agreement(person, Use.PORTRAIT, photo=photo, languages=["hi"])

    with pytest.raises(ConsentMissing, match="Rahim Khan did not agree to this photo"):
        tell(block(photo))


def in_transcript(recording: Document) -> tuple[str, Any]:
    said = "<p>Says Rahim Khan</p><p>Then nothing.</p>"
    return "recording", played(recording, transcript=said)


def in_alternative_text(recording: Document) -> tuple[str, Any]:
    return "picture", {"picture": image(make_picture(), "Rahim Khan"), "caption": ""}


def in_alternative_text_of_the_library(recording: Document) -> tuple[str, Any]:
    return on_picture(make_picture("Rahim Khan at the lathe"))


def in_two_lines(recording: Document) -> tuple[str, Any]:
    return "term", {"term": "ustad", "explanation": 'The master, "Rahim\nKhan"'}


@pytest.mark.parametrize(
    "block", [in_transcript, in_alternative_text, in_alternative_text_of_the_library, in_two_lines]
)
def test_a_name_in_the_words_of_a_block_is_found(block: Any) -> None:
    make_person(district=make_district())

    with pytest.raises(ConsentMissing, match="Rahim Khan did not agree to be named"):
        tell(block(sound()))


def test_words_that_meet_at_the_border_of_two_fields_are_nobodys_name() -> None:
    make_person(district=make_district())

    story = tell(("making", {"title": "", "moments": [hour("Rahim", "Khan"), hour("6", "x")]}))

    assert story.live


def test_sound_of_a_story_that_goes_offline_is_at_no_address_it_had(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    person, still = make_person(district=make_district()), sound()
    make_agreement(person, Use.NAME, Use.STORY)
    story = tell(("recording", played(still)))
    story.people.create(person=person)
    story.save_revision().publish()
    before = still.file.url
    assert client.get(before).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        take_back(person)

    still.refresh_from_db()
    assert client.get(before).status_code == 404
    assert client.get(still.file.url).status_code == 200
    assert client.get(f"/en/stories/{SLUG}/").status_code == 404


def test_a_photo_that_is_lost_on_the_disk_stops_no_withdrawal() -> None:
    photo, person = make_picture(), make_person(district=make_district())
    make_agreement(person, Use.PORTRAIT, photo=photo)
    photo.file.storage.delete(photo.file.name)

    take_back(person)

    assert Picture.objects.get(pk=photo.pk).is_off_show


def test_a_photo_off_show_is_on_no_product_either_and_comes_back_with_a_new_consent(
    client: Client,
) -> None:
    photo, person = make_picture(), make_person(district=make_district())
    make_agreement(person, Use.PORTRAIT, photo=photo)
    lota = make_product(pictures=[photo])

    def pictures() -> list[Any]:
        return [
            client.get(f"/api/v1/products/{lota.pk}").json()["pictures"],
            client.get("/api/v1/products").json()["items"][0]["picture"],
        ]

    before = pictures()
    take_back(person)
    without = pictures()
    page = client.get(lota.get_absolute_url()).content.decode()
    secret = Picture.objects.get(pk=photo.pk).file.name
    sitemap = client.get("/sitemap.xml", {"section": "products"}).content.decode()
    make_agreement(person, Use.PORTRAIT, photo=photo)

    assert all(before)
    assert without == [[], None]
    assert secret not in page + sitemap
    assert all(pictures())


def test_of_two_on_a_photo_one_who_withdraws_is_enough() -> None:
    photo, place = make_picture(), make_district()
    people = [make_person(name, district=place) for name in ("Rahim Khan", "Usha Rani")]
    for person in people:
        make_agreement(person, Use.PORTRAIT, photo=photo)

    take_back(people[0])

    assert Picture.objects.get(pk=photo.pk).is_off_show


def test_a_maker_without_a_name_is_not_offered_for_a_block(editor: Client) -> None:
    make_artisan(agrees=False)
    make_artisan("Usha Rani", "उषा रानी")

    found = editor.get("/cms/maker-chooser/").json()["html"]

    assert "Usha Rani" in found
    assert "a maker from" not in found


def take_back(person: Person, *uses: Use) -> None:
    rows = person.agreements.filter(use__in=uses or list(Use), withdrawal=None)
    numbers = list(rows.values_list("pk", flat=True))
    withdraw(person, numbers, reason="Asked by phone.", by=make_recorder(), now=now())


def sound() -> Document:
    return Document.objects.create(title="Still", file=ContentFile(b"sound", name="still.mp3"))


def played(recording: Document, transcript: str = "<p>Now we wait.</p>") -> dict[str, Any]:
    return {
        "title": "The still",
        "recording": recording.pk,
        "captions": None,
        "transcript": transcript,
    }


def hour(when: str, words: str) -> dict[str, str]:
    return {"when": when, "words": words}
