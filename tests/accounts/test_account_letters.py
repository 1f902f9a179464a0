"""Letters about an account: the shop's own, in the language of the page, with a link that works."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from storefront.accounts.models import User

pytestmark = pytest.mark.django_db
SIGN_UP = {"email": "asha@example.org", "password1": "a long pass phrase"}


def ask(client: Client, language: str, address: str, form: dict[str, str]) -> Any:
    """Send a form of the account pages and return the one letter that follows."""
    mail.outbox.clear()
    client.post(f"/{language}/account/{address}/", form)
    [letter] = mail.outbox
    return letter


def link_in(letter: Any) -> str:
    """Return where the button of a letter leads; HTML and text agree."""
    found = re.search(r"http://testserver(/\S+/account/\S+)\n", letter.body)
    assert found
    assert found[0].strip() in letter.alternatives[0][0]
    return found[1]


@pytest.mark.usefixtures("asha")
@pytest.mark.parametrize(
    ("language", "subject"), [("en", "Choose a new password"), ("hi", "नया पासवर्ड चुनें")]
)
def test_a_forgotten_password_is_chosen_anew_by_a_letter(
    client: Client, language: str, subject: str
) -> None:
    letter = ask(client, language, "password/reset", {"email": "asha@example.org"})

    assert letter.subject == subject
    page = client.get(link_in(letter), follow=True)
    words = {"password1": "another pass phrase", "password2": "another pass phrase"}
    client.post(page.redirect_chain[-1][0], words)
    assert User.objects.get().check_password("another pass phrase")


def test_an_address_without_an_account_is_told_so(client: Client) -> None:
    letter = ask(client, "hi", "password/reset", {"email": "asha@example.org"})

    assert letter.subject == "हमारे यहाँ आपका खाता अभी नहीं है"
    assert link_in(letter) == "/hi/account/signup/"


def test_a_new_address_is_confirmed_by_a_letter(client: Client) -> None:
    letter = ask(client, "hi", "signup", SIGN_UP)

    assert letter.subject == "क्या यह ई-मेल पता आपका है?"
    assert client.get(link_in(letter)).status_code == 200
    client.post(link_in(letter))
    assert EmailAddress.objects.get().verified
