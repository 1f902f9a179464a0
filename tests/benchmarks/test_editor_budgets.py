"""What an editor does to a story stays within its number of SQL queries."""

import tomllib
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.planting import plant_site
from storefront.accounts.roles import Role
from tests.cms.conftest import member
from tests.cms.story_forms import adding, editing, form
from tests.factories.catalogue import make_picture, make_product
from tests.factories.pages import make_story

BUDGETS: dict[str, int] = tomllib.loads(
    (settings.BASE_DIR / "benchmarks" / "budgets.toml").read_text(encoding="utf-8")
)["editor"]
PUBLISH = {"action-publish": "publish"}
BY_ITSELF = {"accept": "application/json"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    """A signed-in editor, of a shop with a story of six products."""
    plant_site()
    return member(Role.EDITOR)


def queries_of(act: Callable[[], object]) -> int:
    """Return the queries of something that was done before."""
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_writing_a_story_keeps_its_budgets(editor: Client) -> None:
    products = [make_product(pictures=[make_picture()]) for _ in range(6)]
    story = make_story(products, cover=make_picture())
    sent, edit = form(*products, slug=story.slug), editing(story)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk])

    def answers(address: str, status: int = 200) -> None:
        assert editor.get(address).status_code == status

    def saves(more: dict[str, str], *, status: int = 302, **headers: object) -> None:
        assert editor.post(edit, sent | more, **headers).status_code == status

    def previews() -> None:
        assert editor.post(preview, sent).json()["is_valid"] is True
        answers(preview)

    asked = {
        "new": queries_of(lambda: answers(adding())),
        "open": queries_of(lambda: answers(edit)),
        "save": queries_of(lambda: saves({})),
        "save_by_itself": queries_of(lambda: saves({}, status=200, headers=BY_ITSELF)),
        "publish": queries_of(lambda: saves(PUBLISH)),
        "preview": queries_of(previews),
        "stories": queries_of(lambda: answers(reverse("stories:index"))),
        "front": queries_of(lambda: answers(reverse("wagtailadmin_home"))),
    }

    assert {name: number for name, number in asked.items() if number > BUDGETS[name]} == {}
    assert asked.keys() == BUDGETS.keys()
