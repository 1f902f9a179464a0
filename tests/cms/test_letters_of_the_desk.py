"""Who writes is written to by the worker: no form of the desk waits for a mail server."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.urls import reverse
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageSubscription, TaskState
from wagtail.test.utils.form_data import nested_form_data

from cms.pages.stories import StoryPage
from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.core.clock import now
from tests.cms.conftest import member
from tests.cms.story_forms import adding, editing, form
from tests.factories.catalogue import make_product

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
pytestmark = pytest.mark.usefixtures("no_mail_server")


@pytest.fixture(params=["en", "hi"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language that somebody can be written to in."""
    return str(request.param)


@pytest.fixture(autouse=True)
def _only_the_letters_wait() -> Iterator[None]:
    DBTaskResult.objects.all().delete()
    yield
    mail.outbox.clear()


def reads(role: Role, language: str) -> None:
    """Let all of a role have their letters in a language."""
    User.objects.filter(groups__name=role.value).update(language=language)


def work() -> list[Any]:
    """Let the mail server be there again and the worker do all that waits; return the letters."""
    with override_settings(POST_OFFICE=LOCMEM):
        run_worker()
    return mail.outbox


def run_worker() -> None:
    """Do what waits as the worker process does, which closes the connection between two tasks."""
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=1,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="desk",
    )
    while waiting := DBTaskResult.objects.ready().first():
        waiting.claim("desk")
        worker.run_task(waiting)


def submitted(correspondent: Client) -> StoryPage:
    """Write a story and ask for its approval."""
    correspondent.post(adding(), form(make_product()) | {"action-submit": "submit"})
    return StoryPage.objects.get()


def decide(moderator: Client, story: StoryPage, action: str, **words: str) -> None:
    """Approve a story, or send it back."""
    task = TaskState.objects.get(status="in_progress")
    address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, action, task.pk])
    moderator.post(address, words)


def test_a_story_is_submitted_though_no_mail_server_answers(
    correspondent: Client, moderator: Client, language: str
) -> None:
    del moderator
    reads(Role.MODERATOR, language)

    story = submitted(correspondent)

    assert story.workflow_in_progress
    assert mail.outbox == []
    [letter] = work()
    assert letter.to == ["moderator@example.org"]
    assert "A lota is born" in letter.subject
    assert ("मंज़ूरी" in letter.subject) is (language == "hi")
    assert f"http://testserver/cms/pages/{story.pk}/edit/" in letter.body
    assert ("नमस्ते" in letter.body) is (language == "hi")


def test_who_wrote_a_story_hears_that_it_was_approved(
    correspondent: Client, moderator: Client, language: str
) -> None:
    reads(Role.CORRESPONDENT, language)
    story = submitted(correspondent)
    DBTaskResult.objects.all().delete()

    decide(moderator, story, "approve")

    assert StoryPage.objects.get().live
    [letter] = work()
    assert letter.to == ["correspondent@example.org"]
    assert ("मंज़ूर हो गया" in letter.subject) is (language == "hi")
    assert "http://testserver/en/stories/a-lota-is-born/" in letter.body


def test_who_wrote_a_story_hears_why_it_was_sent_back(
    correspondent: Client, moderator: Client, language: str
) -> None:
    reads(Role.CORRESPONDENT, language)
    story = submitted(correspondent)
    DBTaskResult.objects.all().delete()

    decide(moderator, story, "reject", comment="Which kiln was it?")

    [letter] = work()
    assert letter.to == ["correspondent@example.org"]
    assert "Which kiln was it?" in letter.body
    assert ("लौटा दिया" in letter.body) is (language == "hi")


def test_who_follows_a_story_hears_of_a_comment(editor: Client, language: str) -> None:
    member(Role.MODERATOR)
    reads(Role.MODERATOR, language)
    editor.post(adding(), form(make_product()))
    story = StoryPage.objects.get()
    follower = User.objects.get(email="moderator@example.org")
    PageSubscription.objects.create(page=story, user=follower, comment_notifications=True)
    DBTaskResult.objects.all().delete()

    answer = editor.post(editing(story), form(make_product()) | commented("Whose lathe is this?"))

    assert answer.status_code == 302
    [letter] = work()
    assert letter.to == ["moderator@example.org"]
    assert "Whose lathe is this?" in letter.body
    assert ("टिप्पणी" in letter.subject) is (language == "hi")


def commented(text: str) -> dict[str, Any]:
    """Return a comment as the browser sends it."""
    replies = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    comment = {
        "id": "",
        "contentpath": "title",
        "text": text,
        "position": "",
        "deleted": "",
        "resolved": "",
        "replies": replies,
    }
    known = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "0": comment}
    return dict(nested_form_data({"comments": known}))


def test_a_letter_that_no_mail_server_takes_is_tried_again(
    correspondent: Client, moderator: Client
) -> None:
    del moderator
    submitted(correspondent)
    before = now()

    run_worker()

    [again] = DBTaskResult.objects.filter(task_path__endswith="tasks.carry", status="READY")
    assert again.args_kwargs["args"][-1] == 1
    assert again.run_after > before


def test_a_letter_with_an_attachment_is_refused_before_it_is_lost() -> None:
    letter = EmailMessage("Numbers", "See below.", to=["moderator@example.org"])
    letter.attach("numbers.csv", "1,2", "text/csv")

    with pytest.raises(ValueError, match="Numbers"):
        letter.send()
