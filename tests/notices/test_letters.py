"""The letters as they reach the buyer: in their language, nothing missing, with a working link."""

import copy
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from storefront.core.clock import now
from storefront.notices import services as notices
from storefront.notices.tasks import MOST_TRIES, post
from tests.factories.catalogue import make_product, make_seller
from tests.factories.orders import make_order, make_shipped

pytestmark = pytest.mark.django_db
MISSING = "(nothing here)"


@pytest.fixture(autouse=True)
def _holes_show():
    """Let a template that asks for what the letter does not carry say so."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = MISSING
    with override_settings(TEMPLATES=templates):
        yield


@pytest.fixture(params=["en", "hi"])
def language(request):
    """Each language of the shop."""
    return request.param


def texts(letter):
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    return {"subject": letter.subject, "text": letter.body, "html": html}


def holes(letter):
    return holes_in(texts(letter))


def holes_in(words):
    """Return the texts in which something is missing."""
    return {name: text for name, text in words.items() if MISSING in text or "{{" in text}


def make_letters(language):
    """Order from two sellers, send one part; return the letters about it and that part."""
    mail.outbox.clear()
    order = make_order(
        make_product(seller=make_seller("Pots & Pans"), title_en="Clay <jar>", title_hi="मटका"),
        make_product(seller=make_seller(), price="123456.00"),
        language=language,
    )
    part = make_shipped(order.seller_orders.order_by("pk")[0])
    return mail.outbox, part


def test_no_letter_has_a_hole(language):
    letters, _ = make_letters(language)

    assert [holes(letter) for letter in letters] == [{}, {}, {}]


def test_every_letter_links_to_the_order_in_the_buyers_language(language):
    letters, part = make_letters(language)

    link = f"http://testserver/{language}/orders/{part.order.token}/"
    for letter in letters:
        assert f"\n{link}\n" in texts(letter)["text"]
        assert f'href="{link}"' in texts(letter)["html"]


def test_the_link_of_a_letter_opens_the_order(client, language):
    letters, part = make_letters(language)
    link = re.search(r"http://testserver(/\S+/orders/\S+)", letters[0].body)[1]

    response = client.get(link)

    assert response.status_code == 200
    assert part.order.number in response.content.decode()


def test_the_html_says_which_language_it_is_in(language):
    letters, _ = make_letters(language)

    code = {"en": "en-IN", "hi": "hi"}[language]
    assert [f'<html lang="{code}">' in texts(letter)["html"] for letter in letters] == [True] * 3


def test_the_confirmation_names_pieces_sellers_and_total():
    (confirmed, *_), part = make_letters("en")

    pots, brass = [each.seller for each in part.order.seller_orders.order_by("pk")]
    assert (
        f"Pots & Pans\nMoradabad 244001 · GSTIN {pots.gstin}\n  1 × Clay <jar>  ₹1,450\n"
        in confirmed.body
    )
    assert (
        f"Moradabad Brass Workshop\nMoradabad 244001 · GSTIN {brass.gstin}\n"
        "  1 × Brass lota  ₹1,23,456\n" in confirmed.body
    )
    assert "Delivery: ₹120\nTotal, GST included: ₹1,25,026\n" in confirmed.body
    assert confirmed.subject == f"Your order {part.order.number} is confirmed"


def test_the_letter_about_a_parcel_names_only_what_is_in_it():
    (*_, shipped), _ = make_letters("en")

    assert "Pots & Pans has sent your parcel" in shipped.body
    assert "1 × Clay <jar>" in shipped.body
    assert "Brass lota" not in shipped.body


def test_a_hindi_letter_names_things_in_hindi():
    letters, part = make_letters("hi")

    assert ["1 × मटका" in letter.body for letter in letters] == [True] * 3
    assert part.parcels.get().tracking_number in letters[2].body
    assert re.search(r"\d{1,2} \S*[\u0900-\u097f]+ \d{4}", letters[2].body)


def test_html_letters_show_what_people_typed_as_text():
    letters, _ = make_letters("en")

    for letter in letters:
        assert "Clay &lt;jar&gt;" in texts(letter)["html"]
        assert "Clay <jar>" not in texts(letter)["html"]


def test_a_subject_is_one_line(language):
    letters, _ = make_letters(language)

    assert [letter.subject.splitlines() == [letter.subject] for letter in letters] == [True] * 3


def test_nobody_to_write_to_means_no_letter():
    notices.write("order_confirmed", to="", language="en", context={})

    assert mail.outbox == []


def send(tries):
    make = {
        "number": "ZK-1",
        "address": [],
        "name": "Asha",
        "url": "/",
        "total": "₹1",
        "shipping": "₹0",
    }
    post.call("order_confirmed", "asha@example.org", "en", make | {"lines": []}, tries)


@pytest.mark.usefixtures("no_mail_server")
@pytest.mark.parametrize(("tries", "minutes"), [(0, 1), (3, 8)])
def test_a_letter_no_mail_server_takes_waits_for_another_try(tries, minutes):
    before = now()

    send(tries)

    waiting = DBTaskResult.objects.get()
    assert waiting.args_kwargs["args"][-1] == tries + 1
    assert waiting.run_after - before >= timedelta(minutes=minutes)


@pytest.mark.usefixtures("no_mail_server")
def test_a_letter_that_cannot_be_sent_for_hours_is_given_up_as_a_failed_task():
    with pytest.raises(OSError, match="refused"):
        send(MOST_TRIES - 1)

    assert not DBTaskResult.objects.exists()
