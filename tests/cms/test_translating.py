"""A story becomes Hindi in the back office: sent, translated sentence by sentence, published."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.pages.stories import StoryPage
from tests.cms.story_forms import editing
from tests.factories.catalogue import make_product
from tests.factories.pages import make_story

HINDI = {
    "Sand, fire and a small chisel": "रेत, आग और एक छोटी छेनी",
    "How a lota is cast, turned and engraved.": "लोटा कैसे ढलता है।",
    "The mould": "साँचा",
    "Damp sand is packed around the pattern.": "गीली रेत भरी जाती है।",
    "Wait for the colour.": "रंग का इंतज़ार करो।",
    "Moradabad": "मुरादाबाद",
}


def submit(client: Client, story: StoryPage) -> Translation:
    """Send a story for translation into Hindi; return what there is to translate."""
    address = reverse("wagtail_localize:submit_page_translation", args=[story.pk])
    client.post(address, {"locales": [Locale.objects.get(language_code="hi").pk]})
    return Translation.objects.get()


def translate(client: Client, translation: Translation) -> None:
    """Type the Hindi beside each sentence."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        address = reverse(
            "wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]
        )
        answer = client.put(
            address,
            f"value={HINDI.get(segment.string.data, segment.string.data)}",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 201, segment.string.data


def test_an_editor_translates_a_story_and_publishes_it(
    editor: Client, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    lota = make_product()
    story = make_story([lota])

    translation = submit(editor, story)
    hindi = StoryPage.objects.get(locale__language_code="hi")
    opened = editor.get(editing(hindi))
    translate(editor, translation)
    before = client.get("/hi/stories/sand-fire-and-a-small-chisel/")
    with django_capture_on_commit_callbacks(execute=True):
        published = editor.post(editing(hindi), {"action": "publish"})

    shown = client.get("/hi/stories/sand-fire-and-a-small-chisel/").content.decode()
    assert (opened.status_code, published.status_code) == (200, 302)
    assert before["Location"] == "/en/stories/sand-fire-and-a-small-chisel/"
    for words in ("रेत, आग और एक छोटी छेनी", "<h2>साँचा</h2>", "गीली रेत भरी जाती है।"):
        assert words in shown
    assert "पीतल का लोटा" in shown


def test_a_story_without_hindi_offers_to_be_translated(editor: Client) -> None:
    story = make_story()

    page = editor.get(editing(story)).content.decode()

    assert reverse("wagtail_localize:submit_page_translation", args=[story.pk]) in page


def test_a_correspondent_sends_nothing_for_translation(correspondent: Client) -> None:
    story = make_story()
    address = reverse("wagtail_localize:submit_page_translation", args=[story.pk])

    correspondent.post(address, {"locales": [Locale.objects.get(language_code="hi").pk]})

    assert not Translation.objects.exists()
