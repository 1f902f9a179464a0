"""The story desk on a busy morning, and what it means that somebody may do something there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.models import Document
from wagtail.models import Locale, Revision
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.pages.stories import StoryPage
from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.media.models import Picture
from tests.cms.roles.people import NO, UNSEEN, YES, Visitor
from tests.cms.story_forms import form
from tests.factories.catalogue import make_picture, make_product
from tests.factories.pages import make_story


@dataclass(frozen=True, slots=True)
class World:
    """Stories of Moradabad, none of them by whoever is asked about; a picture and a recording."""

    draft: StoryPage
    published: StoryPage
    handed_in: StoryPage
    locked: StoryPage
    translation: Translation
    picture: Picture
    recording: Document
    sent: dict[str, Any]

    @property
    def hindi(self) -> StoryPage:
        """The published story in Hindi, which is not published."""
        return self.translation.get_target_instance()

    @property
    def first(self) -> Revision:
        """The first of the published story's versions."""
        return self.published.revisions.order_by("pk").first()


def make_world() -> World:
    """Let somebody else write and hand in."""
    writer = User.objects.create_user("writer@example.org", "a long enough one")
    product = make_product()
    stories = [
        make_story([product], slug=slug) for slug in ("draft", "published", "handed-in", "locked")
    ]
    draft, published, handed_in, locked = stories
    for story in (draft, handed_in):
        story.unpublish()
    published.title = "Written anew"
    published.save_revision()
    handed_in.get_workflow().start(handed_in, writer)
    locked.locked, locked.locked_by, locked.locked_at = True, writer, now()
    locked.save()
    source, _ = TranslationSource.update_or_create_from_instance(published)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="hi")
    )
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of_id=segment.string_id,
            locale=translation.target_locale,
            context_id=segment.context_id,
            data="रेत",
            last_translated_by=writer,
        )
    translation.save_target(publish=False)
    return World(
        draft=draft,
        published=published,
        handed_in=handed_in,
        locked=locked,
        translation=translation,
        picture=make_picture(),
        recording=Document.objects.create(title="Still", file=sound("still.mp3")),
        sent=form(product, slug=""),
    )


Address = Callable[[World], str]
Sent = dict[str, Any]
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Deed:
    """
    Something that can be done.

    `door` is what is opened first, `sent` goes to `to`, or to the door; `trace` is what the
    database says of it, left out if the answer is all there is. Without `sent` the deed is to
    open the door.
    """

    door: Address
    sent: Callable[[World], Sent] | None = None
    trace: Callable[[World], object] | None = None
    to: Address | None = None
    is_put: bool = False

    def outcome(self, who: Visitor, world: World) -> str:
        """Return whether somebody may, may not, or does not even come to the door."""
        is_open = who.client.get(self.door(world)).status_code == 200
        if self.sent is None:
            return YES if is_open else UNSEEN
        before = self.trace(world) if self.trace else None
        to, sent = (self.to or self.door)(world), self.sent(world)
        answer = (
            who.client.put(to, urlencode(sent), content_type=FORM)
            if self.is_put
            else who.client.post(to, sent)
        )
        done = self.trace(world) != before if self.trace else answer.status_code == 200
        if done:
            return YES
        return NO if is_open else UNSEEN


def sound(name: str) -> SimpleUploadedFile:
    """Return a recording as a browser sends it."""
    return SimpleUploadedFile(name, name.encode())
