"""Plans, translations, copies and many pages at once: consent is asked whichever way is taken."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.pages.stories import StoryPage
from cms.people import ConsentMissing
from cms.taking_back import HELD_BACK, publish_due
from storefront.consent.rules import Use
from storefront.core.clock import now
from tests.cms.story_forms import adding, form
from tests.cms.whereabouts import take_back
from tests.factories.catalogue import make_district
from tests.factories.consent import make_agreement, make_person
from tests.factories.pages import make_story

DAY = timedelta(days=1)


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
