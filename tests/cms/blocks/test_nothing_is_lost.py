"""A story that is opened, left as it is and saved is the same story."""

import re
from typing import Any

import pytest
from django.test import Client

from cms.pages.stories import StoryPage
from tests.cms.blocks.telling import tell
from tests.cms.blocks.typed import untouched
from tests.cms.blocks.values import full, make_world
from tests.cms.story_forms import editing

# The editor numbers paragraphs when it first sees them.
NUMBERED = re.compile(r' data-block-key=\\"[a-z0-9]+\\"')


def kept(story: StoryPage) -> Any:
    """Return the body of the newest version, as it lies in the database."""
    return StoryPage.objects.get(pk=story.pk).latest_revision.content["body"]


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_story_of_all_blocks_is_saved_as_it_was_opened(editor: Client, language: str) -> None:
    story = tell(*full(make_world()).items(), language=language)
    versions = [kept(story)]

    for _ in range(2):
        opened = editor.get(editing(story)).content.decode()
        saved = editor.post(editing(story), untouched(opened, StoryPage.body.field.stream_block))
        assert saved.status_code == 302
        versions.append(kept(story))

    planted, first, second = versions
    assert NUMBERED.sub("", first) == planted
    assert second == first
    assert StoryPage.objects.get(pk=story.pk).revisions.count() == 3
