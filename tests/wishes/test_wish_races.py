"""Real threads: one list a person, one alert an address, one letter an alert."""

from datetime import datetime
from functools import partial

import pytest
from django.core import mail

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.stock.rules import Reason
from storefront.stock.services import set_free
from storefront.wishes.models import Alert, WishLine, WishList
from storefront.wishes.services import ask_alert, tell_waiting, wish
from tests.factories.catalogue import make_product, stock_record
from tests.factories.people import confirm_address
from tests.rounds import racing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
ROUNDS = 20


def make_person(number: int) -> User:
    user = User.objects.create_user(f"asha{number}@example.org", "a long pass phrase")
    confirm_address(user)
    return user


def test_two_tabs_save_one_wish() -> None:
    product = make_product()
    with racing(2) as race:
        for number in range(ROUNDS):
            person = make_person(number)
            race(*[partial(wish, person, product_id=product.pk)] * 2)

    assert WishList.objects.count() == WishLine.objects.count() == ROUNDS


def test_two_tabs_ask_for_one_letter_and_two_clocks_send_it() -> None:
    product, at = make_product(stock=0), now()
    with racing(2) as race:
        for number in range(ROUNDS):
            person = make_person(number)
            race(*[partial(asking, product.pk, person, at)] * 2)
        assert Alert.objects.count() == ROUNDS
        record = stock_record(product)
        set_free(record, free=1, version=record.version, by=None, reason=Reason.EDIT)
        race(*[partial(tell_waiting, now=at)] * 2)

    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox) == ROUNDS


def asking(product_id: int, person: User, at: datetime) -> Alert:
    return ask_alert(product_id, user=person, email="", language="en", came_from="", now=at)
