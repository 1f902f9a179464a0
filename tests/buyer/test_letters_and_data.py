"""What we may send, a copy of what is known, and the end of an account."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from storefront.accounts.models import Consent, User
from storefront.accounts.queries import language_of, may_send
from storefront.accounts.rules import NOTICE, Purpose
from storefront.buyer import services
from storefront.core.clock import now
from storefront.feedback import services as feedback
from storefront.feedback.services import Words
from storefront.fulfilment.services import say_arrived
from storefront.order.models import Order
from storefront.wishes.models import Alert, WishLine
from storefront.wishes.services import ask_alert, wish
from tests.factories.catalogue import make_product, make_seller
from tests.factories.orders import make_order, make_shipped, part_of
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("confirmed")]


def full_life(user: User) -> Order:
    """Let a person wish, wait, buy, review and ask."""
    lota, sold_out = make_product(), make_product(stock=0, title_en="Old bell")
    wish(user, product_id=lota.pk)
    ask_alert(sold_out.pk, user=user, email="", language="hi", came_from="", now=now())
    order = make_order(lota, user=user)
    say_arrived(make_shipped(part_of(order)), by=None, now=now())
    feedback.write_review(user, lota, words=Words(5, "Heavy", "It rings."))
    feedback.ask(user, lota, text="How heavy?", now=now())
    services.choose_letters(user, language="hi", offers=True, now=now())
    return order


def test_nothing_is_ticked_that_nobody_ticked(signed_in: Client, asha: User):
    page = signed_in.get("/hi/account/letters/").content.decode()

    assert "checked" not in page.split('name="offers"')[1].split(">")[0]
    assert 'value="hi"' in page
    assert not may_send(asha, Purpose.OFFERS)


def test_a_choice_is_kept_with_its_day_and_undone_as_easily(signed_in: Client, asha: User):
    for offers in ({"offers": "on"}, {"offers": "on"}, {}):
        signed_in.post("/en/account/letters/", {"language": "hi"} | offers)

    asha.refresh_from_db()
    rows = Consent.objects.order_by("pk").values_list("is_given", "notice", "language")
    assert list(rows) == [(True, NOTICE, "hi"), (False, NOTICE, "hi")]
    assert language_of(asha) == "hi"
    assert not may_send(asha, Purpose.OFFERS)
    assert "You ended it on" in signed_in.get("/en/account/letters/").content.decode()


def test_a_language_that_we_do_not_write_is_refused(signed_in: Client, asha: User):
    assert signed_in.post("/en/account/letters/", {"language": "fr"}).status_code == 422
    asha.refresh_from_db()
    assert asha.language == ""


def test_letters_come_in_the_language_that_was_chosen(signed_in: Client, asha: User):
    services.choose_letters(asha, language="hi", offers=False, now=now())
    bell = make_product(stock=0)

    signed_in.post(f"/en/account/alerts/new/{bell.pk}/", headers={"sec-fetch-site": "same-origin"})

    assert Alert.objects.get().language == "hi"


def test_a_copy_of_all_data_is_one_file(signed_in: Client, asha: User):
    order = full_life(asha)

    answer = signed_in.get("/en/account/data/?file=1")

    found = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="zila.json"'
    assert answer["Cache-Control"] == "private, no-store"
    assert found["account"]["email"] == "asha@example.org"
    assert found["orders"][0]["number"] == order.number
    assert found["orders"][0]["total"] == "1510.00"
    assert found["wish_list"] == ["Brass lota"]
    assert found["stock_alerts"][0]["product__title_en"] == "Old bell"
    assert found["reviews"][0]["body"] == "It rings."
    assert found["questions"][0]["text"] == "How heavy?"
    assert found["consent"][0]["purpose"] == "offers"
    assert PASSWORD not in answer.content.decode()


def test_an_account_ends_and_only_what_the_law_asks_for_stays(signed_in: Client, asha: User):
    order = full_life(asha)

    answer = signed_in.post("/en/account/data/delete/", {"password": PASSWORD}, follow=True)

    assert "Your account is deleted." in answer.content.decode()
    asha.refresh_from_db()
    assert (asha.is_active, asha.first_name) == (False, "")
    assert asha.email == f"deleted-{asha.pk}@account.invalid"
    assert WishLine.objects.count() == Alert.objects.count() == EmailAddress.objects.count() == 0
    assert Order.objects.get().number == order.number
    assert order.lines.get().product.reviews.get().user is None
    assert not Client().login(email="asha@example.org", password=PASSWORD)
    assert signed_in.get("/en/account/").status_code == 302
    User.objects.create_user("asha@example.org", PASSWORD)


def test_a_wrong_password_ends_nothing(signed_in: Client, asha: User):
    answer = signed_in.post("/en/account/data/delete/", {"password": "guess"})

    asha.refresh_from_db()
    assert answer.status_code == 422
    assert asha.is_active


def test_while_an_order_is_under_way_the_account_stays(signed_in: Client, asha: User):
    make_order(make_product(), user=asha)

    answer = signed_in.post("/en/account/data/delete/", {"password": PASSWORD})

    asha.refresh_from_db()
    assert answer.status_code == 409
    assert "An order of yours is under way" in answer.content.decode()
    assert asha.is_active


def test_an_unpaid_order_keeps_the_account_too(asha: User):
    make_order(make_product(), user=asha, is_paid=False)

    with pytest.raises(services.CannotErase):
        services.erase(asha)


def test_who_works_here_writes_to_us(asha: User):
    make_seller(users=[asha])

    with pytest.raises(services.CannotErase):
        services.erase(asha)
    asha.refresh_from_db()
    assert asha.is_active
