"""Two tags become one: stories, drafts and old addresses follow."""

import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision
from wagtail_localize.models import TranslationSource

from cms.pages.stories import StoryPage
from cms.planting import LANGUAGES
from cms.tags import Tag


@transaction.atomic
def merge_tags(tag: Tag, *, into: Tag) -> None:
    """
    Give all that has a tag another one instead, and remove the tag.

    Its lists' addresses lead to the other's from then on.

    Raises:
        ValueError: a tag is not merged into itself.
    """
    if tag == into:
        raise ValueError(tag.slug)
    through = StoryPage.tags.through
    has_both = through.objects.filter(tag=into).values("storypage")
    through.objects.filter(tag=tag).exclude(storypage__in=has_both).update(tag=into)
    _merge_in_drafts(tag.pk, into.pk)
    for language in LANGUAGES:
        with override(language):
            _lead(reverse("story-tag", args=[tag.slug]), reverse("story-tag", args=[into.slug]))
    tag.delete()


def _merge_in_drafts(old: int, new: int) -> None:
    """Change saved drafts, and the originals that translations are made from: they name numbers."""
    stories = ContentType.objects.get_for_model(StoryPage)
    drafts = Revision.objects.filter(content_type=stories, content__tags__contains=[old])
    for draft in drafts.only("content").iterator():
        Revision.objects.filter(pk=draft.pk).update(content=_renumbered(draft.content, old, new))
    originals = TranslationSource.objects.filter(specific_content_type=stories)
    for original in originals.only("content_json").iterator():
        content = json.loads(original.content_json)
        if old in content.get("tags", ()):
            changed = json.dumps(_renumbered(content, old, new))
            TranslationSource.objects.filter(pk=original.pk).update(content_json=changed)


def _renumbered(content: dict[str, Any], old: int, new: int) -> dict[str, Any]:
    numbers = dict.fromkeys(new if number == old else number for number in content["tags"])
    return {**content, "tags": list(numbers)}


def _lead(old: str, new: str) -> None:
    """Lead from an address to another, and from those that led to it before."""
    Redirect.objects.filter(redirect_link=old).update(redirect_link=new)
    path = Redirect.normalise_path(old)
    Redirect.objects.update_or_create(
        old_path=path, site=None, defaults={"redirect_link": new, "is_permanent": True}
    )
