"""A story that saves itself while its editor publishes it is one story, and stays published."""

from collections.abc import Callable
from threading import Barrier, Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.http import HttpRequest
from django.test import Client
from wagtail import hooks

from cms.pages.stories import StoryPage
from cms.planting import plant_site
from storefront.accounts.models import User
from storefront.accounts.roles import Role
from tests.cms.conftest import member
from tests.cms.story_forms import adding, editing, form
from tests.factories.catalogue import make_product

PUBLISH = {"action-publish": "publish"}
BY_ITSELF = {"accept": "application/json"}


def test_the_form_of_a_new_story_has_a_number_of_its_own(editor: Client) -> None:
    first, second = (editor.get(adding()).context["form"]["draft"].initial for _ in range(2))

    assert first != second


def test_publishing_a_form_that_saved_itself_publishes_the_story_it_made(
    editor: Client, client: Client
) -> None:
    sent = form(make_product(), draft=uuid4())

    saved = editor.post(adding(), sent, headers=BY_ITSELF).json()
    published = editor.post(adding(), sent | PUBLISH)

    assert saved["success"] is True
    assert published.status_code == 302
    assert StoryPage.objects.get().pk == saved["pk"]
    assert client.get("/en/stories/a-lota-is-born/").status_code == 200


def test_another_form_makes_another_story(editor: Client) -> None:
    lota = make_product()

    editor.post(adding(), form(lota, draft=uuid4()))
    editor.post(adding(), form(lota, draft=uuid4(), slug="another"))

    assert StoryPage.objects.count() == 2


def test_nobody_goes_on_with_somebody_else_s_form(editor: Client, moderator: Client) -> None:
    sent = form(make_product(), draft=uuid4())
    editor.post(adding(), sent)

    moderator.post(adding(), sent | {"title": "Taken over"})

    assert StoryPage.objects.get().title == "A lota is born"


@pytest.mark.parametrize("draft", ["", "x", "0" * 400])
def test_a_form_without_a_sensible_number_does_no_harm(editor: Client, draft: str) -> None:
    answer = editor.post(adding(), form(make_product(), draft=draft))

    assert answer.status_code in {200, 302}


def test_a_draft_needs_no_more_than_a_title_and_a_district(editor: Client) -> None:
    answer = editor.post(adding(), form(lead="", draft=uuid4()))

    assert answer.status_code == 302
    assert StoryPage.objects.get().lead == ""


def test_a_draft_without_a_district_is_asked_for_one(editor: Client) -> None:
    answer = editor.post(adding(), form(district="", draft=uuid4()))

    assert answer.status_code == 200
    assert not StoryPage.objects.exists()


@pytest.mark.races
@pytest.mark.usefixtures("own_database")
def test_two_saves_at_once_make_one_story_that_readers_see(client: Client) -> None:
    user, lota = writer(), make_product()
    for _ in range(3):
        StoryPage.objects.all().delete()
        sent = form(lota, draft=uuid4())

        answers = at_once(
            lambda sent=sent: signed_in(user).post(adding(), sent, headers=BY_ITSELF),
            lambda sent=sent: signed_in(user).post(adding(), sent | PUBLISH),
        )

        assert [answer.status_code for answer in answers] == [200, 302]
        assert StoryPage.objects.get().live is True
        assert client.get("/en/stories/a-lota-is-born/").status_code == 200


@pytest.mark.races
@pytest.mark.usefixtures("own_database")
def test_a_story_is_not_taken_back_by_a_save_that_began_earlier() -> None:
    user, lota = writer(), make_product()
    signed_in(user).post(adding(), form(lota))
    address, sent = editing(StoryPage.objects.get()), form(lota)
    loaded, published = Event(), Event()

    def dawdle(request: HttpRequest, page: StoryPage) -> None:
        """Let the save by itself hold the story as it was, if nobody keeps others waiting."""
        if request.headers.get("accept") == BY_ITSELF["accept"]:
            loaded.set()
            published.wait(1)

    def publish() -> Any:
        loaded.wait(5)
        answer = signed_in(user).post(address, sent | PUBLISH)
        published.set()
        return answer

    with hooks.register_temporarily("before_edit_page", dawdle):
        at_once(lambda: signed_in(user).post(address, sent, headers=BY_ITSELF), publish)

    assert StoryPage.objects.get().live is True


def writer() -> User:
    """Return an editor of a bare site."""
    plant_site()
    member(Role.EDITOR)
    return User.objects.get()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls at the same moment, each in a thread and database connection of its own."""
    barrier, answers = Barrier(len(calls)), [None] * len(calls)

    def run(number: int, call: Callable[[], Any]) -> None:
        barrier.wait()
        answers[number] = call()
        connections.close_all()

    threads = [Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
