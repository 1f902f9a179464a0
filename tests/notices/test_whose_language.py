"""Letters come in the language a person chose for them; a guest's in that of the page they used."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.feedback import services as feedback
from storefront.fulfilment.services import say_arrived
from storefront.order.rules import Asker, Why
from storefront.order.services import Wish
from storefront.payment import services as payment
from storefront.wishes.services import ask_alert, tell_waiting
from tests.factories.cash import confirm_cash, order_cash
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order, make_shipped, part_of
from tests.factories.people import confirm_address, make_asha

pytestmark = pytest.mark.django_db
CODES = {"en": "en-IN", "hi": "hi"}


def make_reader(language: str) -> User:
    """Take in somebody who chose a language for their letters, or none."""
    return make_asha(language=language)


def assert_all_in(language: str, *, letters: int) -> None:
    """Say that so many letters went out, each of them wholly in one language, links included."""
    assert len(mail.outbox) == letters
    for letter in mail.outbox:
        html = letter.alternatives[0][0]
        assert f'<html lang="{CODES[language]}">' in html
        assert bool(re.search(r"[\u0900-\u097f]", letter.subject)) == (language == "hi")
        assert set(re.findall(r"http://testserver/(\w\w)/", letter.body + html)) == {language}


def whole_life(ordered_in: str, user: User | None) -> None:
    """Confirm by a code, get a parcel, take a piece back, leave an order unpaid: nine letters."""
    facts: dict[str, Any] = {"language": ordered_in, "user": user}
    mail.outbox.clear()
    confirm_cash(order_cash(make_product(), **facts))
    say_arrived(make_shipped(part_of(make_order(make_product(), **facts))), by=None, now=now())
    wish = Wish(asker=Asker.BUYER, key="once", why=Why.CHANGED_MIND)
    payment.cancel(make_order(make_product(), **facts), wish=wish)
    make_order(make_product(), is_paid=False, **facts)
    payment.tell_who_has_not_paid(now=now() + timedelta(minutes=4))


@pytest.mark.parametrize(("ordered_in", "chosen"), [("en", "hi"), ("hi", "en")])
def test_all_letters_about_an_order_come_in_the_language_its_buyer_chose_since(
    ordered_in: str, chosen: str
) -> None:
    whole_life(ordered_in, make_reader(chosen))

    assert_all_in(chosen, letters=9)


@pytest.mark.parametrize("ordered_in", ["en", "hi"])
def test_who_chose_none_gets_letters_in_the_language_of_the_order(ordered_in: str) -> None:
    whole_life(ordered_in, make_reader(""))

    assert_all_in(ordered_in, letters=9)


@pytest.mark.parametrize("ordered_in", ["en", "hi"])
def test_a_guests_letters_come_in_the_language_of_the_order(ordered_in: str) -> None:
    whole_life(ordered_in, None)

    assert_all_in(ordered_in, letters=9)


def test_an_answer_comes_in_the_language_chosen_since_the_question() -> None:
    asha, lota = make_reader(""), make_product()
    question = feedback.ask(asha, lota, text="How heavy is it?", now=now())
    User.objects.update(language="hi")
    mail.outbox.clear()
    question.refresh_from_db()

    feedback.answer(question, text="One kilogram.", by=asha, now=now())

    assert_all_in("hi", letters=1)


def test_an_alert_comes_in_the_language_chosen_since_it_was_asked_for() -> None:
    asha, lota = make_reader(""), make_product(stock=0)
    confirm_address(asha)
    ask_alert(lota.pk, user=asha, email="", language="en", came_from="", now=now())
    User.objects.update(language="hi")
    mail.outbox.clear()
    lota.stockrecords.update(num_in_stock=3)

    tell_waiting(now=now())

    assert_all_in("hi", letters=1)
