"""Nobody is shown who did not agree: by form, schedule, translation, copy or program."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cms.pages.makers import ArtisanPage
from cms.pages.stories import StoryPage
from cms.people import ConsentMissing
from cms.publish import Chapter, write_artisan_page
from storefront.consent.models import Person
from storefront.consent.rules import Use
from tests.cms.story_forms import adding, editing, form
from tests.factories.catalogue import make_artisan, make_district, make_picture, make_product
from tests.factories.consent import make_agreement, make_person
from tests.factories.pages import make_district_page, make_story

PUBLISH = {"action-publish": "publish"}


def somebody() -> Person:
    """Return somebody in the ledger who agreed to nothing."""
    return make_person(district=make_district())


def listing(*people: Person, **facts: Any) -> StoryPage:
    """Return a draft that says it tells of these people."""
    story = make_story(**facts)
    story.unpublish()
    for person in people:
        story.people.create(person=person)
    story.save_revision()
    return story


def test_a_page_of_a_maker_who_did_not_agree_is_not_written() -> None:
    maker = make_artisan(agrees=False)

    with pytest.raises(ConsentMissing) as refused:
        write_artisan_page(maker, language="hi")

    assert refused.value.messages == [
        "Shabana Parveen did not agree to be named in Hindi.",
        "Shabana Parveen did not agree to this story in Hindi.",
    ]
    assert not ArtisanPage.objects.exists()


def test_a_page_is_written_in_the_language_agreed_to_and_in_no_other() -> None:
    maker = make_artisan(agrees=False)
    make_agreement(maker.person, Use.NAME, Use.STORY, languages=["hi"])
    maker.refresh_from_db()

    write_artisan_page(maker, language="hi")
    with pytest.raises(ConsentMissing):
        write_artisan_page(maker, language="en")

    assert ArtisanPage.objects.get().locale.language_code == "hi"


def test_a_story_that_tells_of_somebody_without_consent_is_saved_and_not_published(
    editor: Client, client: Client
) -> None:
    person = somebody()
    sent = form(make_product(), people=[person])

    saved = editor.post(adding(), sent)
    refused = editor.post(editing(StoryPage.objects.get()), sent | PUBLISH)

    assert saved.status_code == 302
    assert refused.status_code == 200
    said = refused.content.decode()
    assert "Rahim Khan did not agree to be named in English." in said
    assert "Rahim Khan did not agree to this story in English." in said
    key = StoryPage.objects.get().translation_key
    assert f"/cms/consents/add/?person={person.pk}&amp;uses=name&amp;languages=en" in said
    assert f"uses=story&amp;languages=en&amp;story={key}" in said
    assert StoryPage.objects.get().live is False
    assert client.get("/en/stories/a-lota-is-born/").status_code == 404


def test_once_the_consent_is_recorded_the_story_is_published(
    editor: Client, client: Client
) -> None:
    person = somebody()
    sent = form(make_product(), people=[person])
    editor.post(adding(), sent)
    story = StoryPage.objects.get()
    make_agreement(person, Use.NAME, languages=["en"])
    make_agreement(person, Use.STORY, languages=["en"], story=story.translation_key)

    answer = editor.post(editing(story), sent | PUBLISH)

    assert answer.status_code == 302
    assert client.get("/en/stories/a-lota-is-born/").status_code == 200


def test_a_new_story_is_refused_with_its_first_save(editor: Client) -> None:
    answer = editor.post(adding(), form(people=[somebody()]) | PUBLISH)

    assert answer.status_code == 200
    assert 'uses=story&amp;languages=en"' in answer.content.decode()
    assert not StoryPage.objects.exists()


@pytest.mark.parametrize("where", ["title", "lead", "quote"])
def test_somebody_named_in_the_words_alone_must_agree_too(where: str) -> None:
    somebody()
    said = Chapter("Sand", ["It is damp."], quote="Wait.", quote_by="RAHIM   Khan, Moradabad")
    facts: dict[str, Any] = {
        "title": {"title": "A day with Rahim Khan"},
        "lead": {"lead": "Rahim Khan's lathe."},
        "quote": {"chapters": [said]},
    }[where]

    with pytest.raises(ConsentMissing, match="Rahim Khan did not agree to be named in English"):
        make_story(**facts)


def test_a_longer_name_and_a_first_name_name_nobody_else() -> None:
    somebody()

    make_story(lead="Rahim Khanna and a boy called Rahim.")

    assert StoryPage.objects.get().live


def test_of_two_with_one_name_the_one_who_agreed_is_meant() -> None:
    somebody()
    make_agreement(somebody(), Use.NAME)

    make_story(lead="Rahim Khan knows sand.")

    assert StoryPage.objects.get().live


def test_a_name_in_hindi_is_found_however_it_is_written() -> None:
    make_person("Zafar Ali", "ज़फ़र अली", district=make_district())  # in one letter each

    with pytest.raises(ConsentMissing):
        make_story(language="hi", lead="ज़फ़र अली का लोटा।")  # letter and dot


def test_a_district_page_names_nobody_without_consent_either() -> None:
    somebody()
    page = make_district_page()
    page.intro = "Rahim Khan's lane."

    with pytest.raises(ConsentMissing):
        page.save()


def test_a_photo_of_somebody_is_on_no_page_without_consent() -> None:
    photo = make_picture()
    person = somebody()
    make_agreement(person, Use.PORTRAIT, photo=photo, languages=["hi"])

    with pytest.raises(ConsentMissing, match="this photo"):
        make_story(cover=photo)
    shown = make_story(cover=photo, language="hi")

    assert shown.live


def test_a_moderator_can_give_a_story_back_but_not_approve_it(
    moderator: Client, correspondent: Client
) -> None:
    person = somebody()
    make_agreement(person, Use.NAME, Use.STORY)
    sent = form(make_product(), people=[person])
    correspondent.post(adding(), sent | {"action-submit": "submit"})
    story = StoryPage.objects.get()
    take_back(person)
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    reject = {"action-workflow-action": "true", "workflow-action-name": "reject"}

    refused = moderator.post(editing(story), sent | approve)
    given_back = moderator.post(editing(story), sent | reject)

    assert "did not agree" in refused.content.decode()
    assert given_back.status_code == 302
    story.refresh_from_db()
    assert (story.live, story.current_workflow_state.status) == (False, "needs_changes")


def test_a_story_is_not_sent_to_moderators_without_consent(correspondent: Client) -> None:
    sent = form(make_product(), people=[somebody()])

    answer = correspondent.post(adding(), sent | {"action-submit": "submit"})

    said = answer.content.decode()
    assert "did not agree" in said
    assert "/cms/consents/add/" not in said  # who may not record it is not led there
    assert not StoryPage.objects.exists()


def test_a_program_cannot_publish_what_is_not_agreed_to() -> None:
    story = listing(somebody())

    with pytest.raises(ConsentMissing):
        story.get_latest_revision().publish()

    story.refresh_from_db()
    assert not story.live


def test_a_draft_of_a_live_story_may_tell_of_somebody_while_readers_see_the_old_one() -> None:
    story = make_story()
    story.lead = "Rahim Khan's lathe."
    somebody()

    story.save_revision()

    story.refresh_from_db()
    assert story.live
    assert story.has_unpublished_changes
    assert story.lead != "Rahim Khan's lathe."


def test_the_preview_and_its_checks_tell_what_is_missing(editor: Client) -> None:
    story = listing(somebody())
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk])
    editor.post(preview, form(people=[somebody()]))

    seen = BeautifulSoup(editor.get(preview).content, "html.parser")
    page = BeautifulSoup(editor.get(editing(story)).content, "html.parser")

    told = [each.get_text() for each in seen.select("[data-consent-missing]")]
    assert "Rahim Khan did not agree to be named in English." in told
    checks = json.loads(page.select_one("#checker-axe-configuration").string)
    assert "consent-missing" in checks["options"]["runOnly"]
    assert checks["messages"]["consent-missing"]["error_name"] == "A consent is missing"


def test_readers_get_neither_marks_nor_checks(client: Client) -> None:
    story = make_story()

    html = client.get(story.address).content.decode()

    assert "data-consent-missing" not in html
    assert "userbar" not in html


def take_back(person: Person) -> None:
    """Let somebody take back all they agreed to."""
    from storefront.consent.services import withdraw
    from storefront.core.clock import now
    from tests.factories.consent import make_recorder

    numbers = list(person.agreements.values_list("pk", flat=True))
    withdraw(person, numbers, reason="Asked by phone.", by=make_recorder(), now=now())
