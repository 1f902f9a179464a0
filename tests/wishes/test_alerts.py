"""Tell me when it is back: one letter, only to those who asked, in their language."""

import copy
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings

from storefront.accounts.models import User
from storefront.catalogue.models import Product
from storefront.core.clock import now
from storefront.stock.rules import Reason
from storefront.stock.services import set_free
from storefront.wishes import rules, services
from storefront.wishes.models import Alert
from storefront.wishes.rules import ALERT_MOVES, AlertState, may_move
from tests.factories.catalogue import make_picture, make_product, stock_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("confirmed")]
MISSING = "(nothing here)"


@pytest.fixture
def lota() -> Product:
    return make_product(stock=0, pictures=[make_picture()])


def restock(product: Product, free: int = 3) -> None:
    record = stock_record(product)
    set_free(record, free=free, version=record.version, by=None, reason=Reason.EDIT)


def ask(product: Product, **facts: Any) -> Alert:
    known: dict[str, Any] = {"user": None, "email": "guest@example.org", "language": "en"}
    return services.ask_alert(product.pk, **(known | {"came_from": "", "now": now()} | facts))


def link_in(letter: Any) -> str:
    found = re.search(r"/\w\w/account/alerts/[\w-]+/", letter.body)
    assert found
    return found.group()


def test_every_state_has_its_moves_and_none_leads_back():
    assert set(ALERT_MOVES) == set(AlertState)
    assert may_move(AlertState.UNCONFIRMED, AlertState.WAITING)
    assert not may_move(AlertState.UNCONFIRMED, AlertState.TOLD)
    assert not may_move(AlertState.TOLD, AlertState.WAITING)


def test_who_is_signed_in_presses_once(browser_client: Client, asha: User, lota: Product):
    browser_client.force_login(asha)

    page = browser_client.post(f"/en/account/alerts/new/{lota.pk}/", follow=True)

    assert page.redirect_chain == [("/en/account/alerts/", 302)]
    assert "We write to you when “Brass lota” is back." in page.content.decode()
    assert Alert.objects.get().state == AlertState.WAITING
    assert mail.outbox == []


def test_a_guest_is_asked_for_an_address_and_confirms_it_by_a_letter(
    browser_client: Client, lota: Product
):
    address = f"/en/account/alerts/new/{lota.pk}/"

    asked = browser_client.post(address)
    sent = browser_client.post(address, {"email": "guest@example.org"})
    link = link_in(mail.outbox[0])
    looked = browser_client.get(link)

    assert 'name="email"' in asked.content.decode()
    assert "guest@example.org" in sent.content.decode()
    assert "Yes, tell me when it is back" in looked.content.decode()
    assert Alert.objects.get().state == AlertState.UNCONFIRMED
    browser_client.post(link)
    assert Alert.objects.get().state == AlertState.WAITING


def test_nobody_is_written_to_before_they_confirmed(lota: Product):
    ask(lota)
    mail.outbox.clear()
    restock(lota)

    assert services.tell_waiting(now=now()) == 0
    assert mail.outbox == []


def test_an_account_whose_address_nobody_confirmed_counts_as_a_guest(lota: Product):
    user = User.objects.create_user("someone.else@example.org", "a long pass phrase")

    alert = ask(lota, user=user)

    assert (alert.state, alert.user) == (AlertState.UNCONFIRMED, None)
    assert mail.outbox[0].to == ["someone.else@example.org"]


def test_the_letter_comes_once_when_a_piece_is_back(asha: User, lota: Product):
    ask(lota, user=asha)
    assert services.tell_waiting(now=now()) == 0
    restock(lota)

    assert services.tell_waiting(now=now()) == 1
    assert services.tell_waiting(now=now()) == 0
    [letter] = mail.outbox
    assert letter.to == ["asha@example.org"]
    assert lota.get_absolute_url() in letter.body
    assert Alert.objects.get().state == AlertState.TOLD


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "“Brass lota” is back"), ("hi", "“पीतल का लोटा” फिर आ गया है")],
)
def test_the_letter_is_in_the_language_it_was_asked_in(
    asha: User, lota: Product, language: str, subject: str
):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = MISSING
    with override_settings(TEMPLATES=templates):
        ask(lota, language=language)
        ask(lota, user=asha, language=language)
        restock(lota)
        services.tell_waiting(now=now())

    asked, back = mail.outbox
    html = back.alternatives[0][0]
    assert back.subject == subject
    assert 'src="http://testserver/media/' in html
    assert f"http://testserver/{language}/shop/" in html
    assert link_in(back) in html
    assert not any(MISSING in f"{each.body}{each.alternatives[0][0]}" for each in (asked, back))


def test_the_link_of_a_letter_ends_it(client: Client, asha: User, lota: Product):
    alert = ask(lota, user=asha)

    page = client.post(f"/en/account/alerts/{alert.token}/", {"end": "1"}, follow=True)
    restock(lota)

    assert "We will not write about it" in page.content.decode()
    assert services.tell_waiting(now=now()) == 0


def test_asked_twice_it_is_one_alert_and_one_letter(lota: Product):
    first, second = ask(lota), ask(lota, email="Guest@Example.org")

    assert first == second
    assert len(mail.outbox) == 1


def test_who_confirms_the_address_by_signing_in_takes_the_alert_over(asha: User, lota: Product):
    ask(lota, email="asha@example.org")

    alert = ask(lota, user=asha)

    assert Alert.objects.get() == alert
    assert (alert.user, alert.state) == (asha, AlertState.WAITING)


def test_after_the_letter_one_may_ask_again(asha: User, lota: Product):
    ask(lota, user=asha)
    restock(lota)
    services.tell_waiting(now=now())
    restock(lota, free=0)

    assert ask(lota, user=asha).state == AlertState.WAITING


def test_what_can_be_bought_needs_no_letter(browser_client: Client):
    answer = browser_client.post(
        f"/en/account/alerts/new/{make_product().pk}/", {"email": "guest@example.org"}
    )

    assert answer.status_code == 409
    assert "you can buy it right now" in answer.content.decode()
    assert Alert.objects.count() == 0


def test_a_wrong_address_is_said_so(browser_client: Client, lota: Product):
    answer = browser_client.post(f"/en/account/alerts/new/{lota.pk}/", {"email": "guest"})

    assert answer.status_code == 422
    assert Alert.objects.count() == 0


def test_a_stranger_gets_at_most_three_letters_a_day():
    for _ in range(rules.LETTERS_A_DAY):
        ask(make_product(stock=0))

    with pytest.raises(services.TooManyAlerts):
        ask(make_product(stock=0))
    assert len(mail.outbox) == rules.LETTERS_A_DAY


def test_one_caller_writes_to_at_most_ten_addresses_an_hour(browser_client: Client, lota: Product):
    address = f"/en/account/alerts/new/{lota.pk}/"
    answers = [
        browser_client.post(address, {"email": f"g{n}@example.org"}, REMOTE_ADDR="8.8.8.8")
        for n in range(rules.LETTERS_AN_HOUR + 1)
    ]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert len(mail.outbox) == 10


def test_a_person_waits_for_so_many_things(
    asha: User, lota: Product, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(services, "MOST_ALERTS", 1)
    ask(make_product(stock=0), user=asha)

    with pytest.raises(services.TooManyAlerts):
        ask(lota, user=asha)


def test_addresses_are_not_kept_for_ever(asha: User, lota: Product):
    ask(lota)
    ask(make_product(stock=0), user=asha)

    assert services.forget_alerts(now=now() + timedelta(days=8)) == 1
    assert Alert.objects.get().user == asha


def test_a_product_that_nobody_knows_has_no_alert(browser_client: Client):
    assert browser_client.post("/en/account/alerts/new/999999/").status_code == 404
    assert browser_client.get("/en/account/alerts/not-a-token/").status_code == 404


def test_a_draft_cannot_be_waited_for():
    draft = make_product(stock=0, is_live=False)

    with pytest.raises(services.NothingToWaitFor):
        ask(draft)
