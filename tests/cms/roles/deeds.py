"""What can be done in the editors' office with a story and the library, one by one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import (
    Comment,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    WorkflowState,
)
from wagtail_localize.models import StringTranslation, Translation

from cms.draft_links import DraftLink
from cms.pages.stories import StoryPage
from storefront.core.clock import now
from storefront.media.models import Picture
from tests.cms.roles.world import Address, Deed, Sent, World, sound
from tests.cms.story_forms import adding


def _at(name: str, story: str, *more: Any) -> Address:
    """Return the address of something that is done with a story of the world."""
    return lambda world: reverse(
        f"wagtailadmin_pages:{name}", args=[getattr(world, story).pk, *more]
    )


def _many(action: str, story: str) -> Address:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return lambda world: f"{address}?id={getattr(world, story).pk}"


def _named(name: str, *args: Any) -> Address:
    return lambda world: reverse(name, args=args)


def _number(model: type[Model]) -> Callable[[World], int]:
    return lambda world: model._default_manager.count()


def _fresh(story: str, *names: str) -> Callable[[World], object]:
    """Return what the database says of a story now."""
    return lambda world: StoryPage.objects.values_list(*names).get(pk=getattr(world, story).pk)


def _latest(story: str) -> Callable[[World], object]:
    """Return the newest version of a story, published or not."""

    def latest(world: World) -> object:
        page = StoryPage.objects.get(pk=getattr(world, story).pk)
        return page.latest_revision_id, page.get_latest_revision_as_object().title

    return latest


def _form(**changes: Any) -> Callable[[World], Sent]:
    return lambda world: world.sent | changes


def _publish(**changes: Any) -> Callable[[World], Sent]:
    return _form(**{"action-publish": "publish"}, **changes)


def _upload(world: World) -> Sent:
    world.picture.file.open()
    picture = SimpleUploadedFile("new.png", world.picture.file.read() + b"\0", "image/png")
    return {"title": "New", "file": picture, "alt_en": "A lota", "alt_hi": "लोटा"}


def _picture(world: World) -> Sent:
    return {"title": "Mine", "alt_en": "Mine", "alt_hi": "मेरा"}


def _decision(action: str) -> Address:
    def address(world: World) -> str:
        task = world.handed_in.current_workflow_task_state
        return reverse(
            "wagtailadmin_pages:workflow_action", args=[world.handed_in.pk, action, task.pk]
        )

    return address


def _nothing(world: World) -> Sent:
    return {"next": "/cms/"}


def _sentence(world: World) -> str:
    segment = world.translation.source.stringsegment_set.first()
    return reverse(
        "wagtail_localize:edit_string_translation", args=[world.translation.pk, segment.pk]
    )


def _elsewhere(world: World) -> int:
    """Return the number of the other language's list of stories."""
    parent = world.published.get_parent()
    return Page.objects.exact_type(parent.specific_class).exclude(pk=parent.pk).get().pk


def _copy(world: World) -> Sent:
    parent = world.published.get_parent().pk
    return {"new_title": "Mine", "new_slug": "mine", "new_parent_page": parent}


COMMENT = {
    "comments-TOTAL_FORMS": 1,
    "comments-0-id": "",
    "comments-0-contentpath": "title",
    "comments-0-text": "Who says so?",
    "comments-0-position": "",
    "comments-0-DELETE": "",
    "comments-0-resolved": "",
    "comments-0-replies-TOTAL_FORMS": 0,
    "comments-0-replies-INITIAL_FORMS": 0,
}
LATER = f"{now() + timedelta(days=3):%Y-%m-%d %H:%M}"

DEEDS: dict[str, Deed] = {
    "open the list of pages": Deed(_named("wagtailadmin_explore_root")),
    "open the list of stories": Deed(_named("stories:index")),
    "begin a story": Deed(lambda world: adding(), _form(), _number(StoryPage)),
    "open a story": Deed(_at("edit", "draft")),
    "change a draft": Deed(_at("edit", "draft"), _form(), _latest("draft")),
    "change a published story": Deed(_at("edit", "published"), _form(), _latest("published")),
    "look at a draft": Deed(_at("view_draft", "draft")),
    "preview what is being written": Deed(
        _at("edit", "draft"), _form(), to=_at("preview_on_edit", "draft")
    ),
    "hand a story in": Deed(
        _at("edit", "draft"), _form(**{"action-submit": "submit"}), _number(WorkflowState)
    ),
    "approve a story": Deed(_decision("approve"), _nothing, _fresh("handed_in", "live")),
    "send a story back": Deed(
        _decision("reject"),
        lambda world: {"comment": "Who carved it?"},
        lambda world: list(WorkflowState.objects.order_by("pk").values_list("status")),
    ),
    "publish a story": Deed(_at("edit", "draft"), _publish(), _fresh("draft", "live")),
    "publish a story at a later day": Deed(
        _at("edit", "draft"),
        _publish(go_live_at=LATER),
        lambda world: Revision.objects.exclude(approved_go_live_at=None).count(),
    ),
    "let a story end by itself": Deed(
        _at("edit", "published"), _publish(expire_at=LATER), _fresh("published", "expire_at")
    ),
    "take a story back": Deed(_at("unpublish", "published"), _nothing, _fresh("published", "live")),
    "delete a draft": Deed(_at("delete", "draft"), _nothing, _number(StoryPage)),
    "delete a published story": Deed(_at("delete", "published"), _nothing, _number(StoryPage)),
    "copy a story": Deed(_at("copy", "published"), _copy, _number(StoryPage)),
    "copy parts of a story to another": Deed(
        lambda world: reverse("copy-blocks", args=[world.published.pk]),
        lambda world: {
            "blocks": [world.published.body.raw_data[0]["id"]],
            "to": world.draft.pk,
        },
        _latest("draft"),
    ),
    "move a story": Deed(
        _at("move", "published"),
        lambda world: {"new_parent_page": _elsewhere(world)},
        _fresh("published", "path"),
        to=lambda world: reverse(
            "wagtailadmin_pages:move_confirm", args=[world.published.pk, _elsewhere(world)]
        ),
    ),
    "lock a story": Deed(_at("lock", "published"), _nothing, _fresh("published", "locked")),
    "unlock what another locked": Deed(
        _at("unlock", "locked"), _nothing, _fresh("locked", "locked")
    ),
    "change what another locked": Deed(_at("edit", "locked"), _form(), _latest("locked")),
    "comment": Deed(_at("edit", "draft"), _form(**COMMENT), _number(Comment)),
    "read the history": Deed(_at("history", "published")),
    "compare two versions": Deed(_at("revisions_compare", "published", "earliest", "latest")),
    "go back to an older version": Deed(
        lambda world: reverse(
            "wagtailadmin_pages:revisions_revert", args=[world.published.pk, world.first.pk]
        ),
        lambda world: world.sent | {"revision": world.first.pk},
        _latest("published"),
        to=_at("edit", "published"),
    ),
    "close a story to the public": Deed(
        _at("set_privacy", "published"),
        lambda world: {"restriction_type": "login"},
        _number(PageViewRestriction),
    ),
    "give somebody a link to a draft": Deed(
        lambda world: reverse("draft-links", args=[world.draft.pk]),
        lambda world: {"days": 7},
        _number(DraftLink),
    ),
    "send a story for translation": Deed(
        lambda world: reverse("wagtail_localize:submit_page_translation", args=[world.draft.pk]),
        lambda world: {"locales": [Locale.objects.get(language_code="hi").pk]},
        _number(Translation),
    ),
    "translate a sentence": Deed(
        _at("edit", "hindi"),
        lambda world: {"value": "बालू"},
        lambda world: StringTranslation.objects.filter(data="बालू").count(),
        to=_sentence,
        is_put=True,
    ),
    "publish many": Deed(_many("publish", "draft"), _nothing, _fresh("draft", "live")),
    "take many back": Deed(_many("unpublish", "published"), _nothing, _fresh("published", "live")),
    "delete many": Deed(_many("delete", "draft"), _nothing, _number(StoryPage)),
    "set the menu and the footer": Deed(
        lambda world: reverse(
            "wagtailsettings:edit", args=["cms", "navigation", Site.objects.get().pk]
        )
    ),
    "see what stories move": Deed(_named("stories-report")),
    "see what is handed in": Deed(_named("wagtailadmin_reports:workflow")),
    "see what everybody did": Deed(_named("wagtailadmin_reports:site_history")),
    "choose a picture": Deed(_named("wagtailimages_chooser:choose")),
    "upload a picture": Deed(_named("wagtailimages:add"), _upload, _number(Picture)),
    "change another's picture": Deed(
        lambda world: reverse("wagtailimages:edit", args=[world.picture.pk]),
        _picture,
        lambda world: Picture.objects.get(pk=world.picture.pk).title,
    ),
    "delete another's picture": Deed(
        lambda world: reverse("wagtailimages:delete", args=[world.picture.pk]),
        _nothing,
        _number(Picture),
    ),
    "upload a recording": Deed(
        _named("wagtaildocs:add"),
        lambda world: {"title": "New", "file": sound("new.mp3")},
        _number(Document),
    ),
    "change another's recording": Deed(
        lambda world: reverse("wagtaildocs:edit", args=[world.recording.pk]),
        lambda world: {"title": "Mine"},
        lambda world: Document.objects.get(pk=world.recording.pk).title,
    ),
    "delete another's recording": Deed(
        lambda world: reverse("wagtaildocs:delete", args=[world.recording.pk]),
        _nothing,
        _number(Document),
    ),
}
