"""While no mail server answers, pages do; letters wait in the queue, and no link with them."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, override_settings
from django_tasks_db.models import DBTaskResult

from storefront.accounts.models import User
from storefront.accounts.tasks import post_link
from storefront.core.clock import now
from storefront.wishes.models import Alert
from tests.factories.catalogue import make_product
from tests.factories.people import PASSWORD, confirm_address, make_asha

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_mail_server")]
EMAIL = {"email": "asha@example.org"}
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


def sign_up(client: Client) -> Any:
    return client.post("/hi/account/signup/", EMAIL | {"password1": PASSWORD})


def waiting() -> DBTaskResult:
    """Return the one task that waits."""
    [task] = DBTaskResult.objects.ready()
    return task


def work() -> None:
    """Do what waits, as the worker does."""
    task = waiting()
    task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])


def letter_sent() -> Any:
    """Let the mail server be there again and the worker do what waits; return the letter."""
    with override_settings(POST_OFFICE=LOCMEM):
        work()
    [letter] = mail.outbox
    return letter


def link_in(letter: Any) -> str:
    return re.search(r"http://testserver(/\S+/account/\S+)\n", letter.body)[1]


def test_who_signs_up_has_an_account_and_confirms_the_address_later(client: Client) -> None:
    answer = sign_up(client)

    assert (answer.status_code, answer["Location"]) == (302, "/hi/account/")
    assert client.get("/hi/account/").status_code == 200
    link = link_in(letter_sent())
    client.post(link)
    assert EmailAddress.objects.get().verified


def test_a_forgotten_password_is_chosen_anew_once_the_letter_comes(client: Client) -> None:
    make_asha()

    answer = client.post("/en/account/password/reset/", EMAIL)

    assert answer.status_code == 302
    page = client.get(link_in(letter_sent()), follow=True)
    words = {"password1": "another pass phrase", "password2": "another pass phrase"}
    client.post(page.redirect_chain[-1][0], words)
    assert User.objects.get().check_password("another pass phrase")


def test_an_address_without_an_account_gets_the_same_answer(client: Client) -> None:
    answer = client.post("/en/account/password/reset/", EMAIL)

    assert answer.status_code == 302
    assert link_in(letter_sent()) == "/en/account/signup/"


def test_who_changes_the_address_is_answered_too(client: Client) -> None:
    client.force_login(make_asha())

    answer = client.post("/en/account/email/", {"email": "new@example.org", "action_add": ""})

    assert answer.status_code == 302
    assert letter_sent().to == ["new@example.org"]


def test_a_guest_who_waits_for_a_piece_is_answered(browser_client: Client) -> None:
    bell = make_product(stock=0)
    DBTaskResult.objects.all().delete()  # its pictures and words

    answer = browser_client.post(f"/en/account/alerts/new/{bell.pk}/", EMAIL)

    assert answer.status_code == 200
    assert f"/en/account/alerts/{Alert.objects.get().token}/" in letter_sent().body


@pytest.mark.parametrize("page", ["signup", "reset"])
def test_the_queue_holds_no_link_that_lets_somebody_in(client: Client, page: str) -> None:
    if page == "signup":
        sign_up(client)
    else:
        make_asha()
        client.post("/en/account/password/reset/", EMAIL)

    held = json.dumps(waiting().args_kwargs)
    link = link_in(letter_sent())

    key = link.rstrip("/").rpartition("/")[2]
    assert len(key) > 10
    assert key not in held
    assert "http" not in held


def test_a_link_is_tried_again_later_and_made_anew(client: Client) -> None:
    sign_up(client)
    first, before = waiting(), now()

    work()

    again = DBTaskResult.objects.exclude(pk=first.pk).get()
    assert again.args_kwargs["args"][-1] == 1
    assert again.run_after - before >= timedelta(minutes=1)


def test_a_letter_that_is_of_no_use_any_more_is_not_sent() -> None:
    asha = make_asha()
    confirm_address(asha)

    with override_settings(POST_OFFICE=LOCMEM):
        post_link.call("account_email_confirmation", asha.email, "en", asha.pk)
        User.objects.update(is_active=False)
        post_link.call("account_password_reset_key", asha.email, "en", asha.pk)

    assert mail.outbox == []
