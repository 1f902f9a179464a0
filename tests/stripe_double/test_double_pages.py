"""The hosted page: plain, in two languages, without JavaScript, clear about what it is."""

import re
import unicodedata

import pytest

from fixtures.stripe_double.cards import CARDS
from fixtures.stripe_double.words import ENGLISH, HINDI


def test_the_page_says_what_is_paid_and_that_no_money_moves(visitor, session):
    page = visitor.get(session.url)

    assert page.status == 200
    assert '<html lang="en">' in page.html
    assert "No money moves here" in page.html
    assert page.html.count("₹2,489.00") == 3
    assert "Order CH-7K3Q9W (3 items)" in page.html


def test_the_page_speaks_hindi_when_the_session_does(client, visitor, order):
    session = client.checkout.sessions.create(order(locale="hi-IN"))

    page = visitor.get(session.url, language="en")

    assert '<html lang="hi">' in page.html
    assert "कोई पैसा नहीं कटता" in page.html
    assert "₹2,489.00 का भुगतान करें" in page.html
    assert "Back to the shop" not in page.html


@pytest.mark.parametrize(
    ("language", "lang"), [("hi-IN,en;q=0.5", "hi"), ("ta,en", "en"), ("", "en")]
)
def test_the_page_follows_the_browser_when_the_session_leaves_it_open(
    client, visitor, order, language, lang
):
    session = client.checkout.sessions.create(order(locale="auto"))

    assert f'<html lang="{lang}">' in visitor.get(session.url, language=language).html


def test_every_error_is_said_in_hindi_too(client, visitor, order):
    session = client.checkout.sessions.create(order(locale="hi-IN"))

    slip = visitor.post(session.url, number="4242424242424241", expiry="1", cvc="1")
    declined = visitor.post(session.url, card="4000000000009995")

    assert HINDI["incorrect_number"] in slip.html
    assert HINDI["invalid_cvc"] in slip.html
    assert HINDI["insufficient_funds"] in declined.html


def test_the_page_has_no_script_and_a_policy_that_allows_none(visitor, session):
    page = visitor.get(session.url)
    policy = page.headers["Content-Security-Policy"]

    assert "<script" not in page.html
    assert "default-src 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:8000;" in policy


def test_every_test_card_is_one_tap_away(visitor, session):
    html = visitor.get(session.url).html

    assert re.findall(r'name="card" value="(\d+)"', html) == list(CARDS)


def test_every_field_has_a_label(visitor, session):
    html = visitor.get(session.url).html

    fields = re.findall(r'<input id="(\w+)"', html)
    assert fields == ["number", "expiry", "cvc"]
    assert re.findall(r'<label for="(\w+)"', html) == fields


def test_the_way_back_leads_to_the_basket(visitor, session):
    html = visitor.get(session.url).html

    assert 'href="http://127.0.0.1:8000/basket/?from=pay&amp;again=1"' in html


def test_words_of_the_shop_are_shown_as_text_only(client, visitor, order):
    price = {"currency": "inr", "unit_amount": 900, "product_data": {"name": "<script>x</script>"}}
    session = client.checkout.sessions.create(
        order(line_items=[{"quantity": 1, "price_data": price}])
    )

    html = visitor.get(session.url).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_email_is_asked_for_when_the_shop_sent_none(client, visitor, order):
    session = client.checkout.sessions.create(order(customer_email=None))
    page = visitor.get(session.url)

    visitor.post(
        session.url, number="4242424242424242", expiry="12/34", cvc="123", email="r@example.in"
    )

    now = client.checkout.sessions.retrieve(session.id)
    assert 'id="email"' in page.html
    assert now.customer_details.email == "r@example.in"


def test_an_expired_session_shows_a_clear_page_and_takes_no_money(client, visitor, session):
    client.checkout.sessions.expire(session.id)

    page = visitor.post(session.url, card="4242424242424242")

    assert "This payment page has expired" in page.html
    assert 'href="http://127.0.0.1:8000/basket/' in page.html
    assert client.charges.list().data == []


def test_a_paid_session_shows_a_clear_page(visitor, paid, double):
    page = visitor.get(f"{double.url}/c/pay/{paid.id}")

    assert "This payment is complete" in page.html
    assert f"cs={paid.id}" in page.html


def test_the_bank_of_a_later_payment_can_be_played_on_the_page(client, visitor, session):
    done = visitor.post(session.url, action="later")
    waiting = visitor.get(session.url)
    visitor.post(session.url, action="settle_ok")
    paid = visitor.get(session.url)

    assert done.headers["Location"].startswith("http://127.0.0.1:8000/pay/return/")
    assert "The bank is still deciding" in waiting.html
    assert "This payment is complete" in paid.html
    assert client.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_a_later_payment_the_bank_refused_says_so(visitor, session):
    visitor.post(session.url, action="later")
    visitor.post(session.url, action="settle_fail")
    again = visitor.post(session.url, action="settle_ok")

    assert again.status == 303
    assert "The bank did not pay" in visitor.get(session.url).html


def test_an_unknown_page_is_a_404_in_the_readers_language(visitor, double):
    page = visitor.get(f"{double.url}/c/pay/cs_test_none", language="hi")

    assert page.status == 404
    assert HINDI["missing_title"] in page.html


def test_a_challenge_nobody_waits_for_leads_to_the_payment_page(visitor, session):
    answer = visitor.get(f"{session.url}/challenge")

    assert (answer.status, answer.headers["Location"]) == (303, f"/c/pay/{session.id}")


def test_both_languages_say_everything():
    assert HINDI.keys() == ENGLISH.keys()
    for name, text in HINDI.items():
        assert unicodedata.is_normalized("NFC", text)
        assert name == "lang" or re.search("[\u0900-\u097f]", text), name
        assert ("{amount}" in text) == ("{amount}" in ENGLISH[name])
