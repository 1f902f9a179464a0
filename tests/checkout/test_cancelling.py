"""A buyer cancels pieces of a paid order: chooses, sees what comes back, and cancels."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.fulfilment import services as fulfilment
from storefront.payment.models import Refund
from tests.factories.purchase import make_post
from tests.payment.cancelling.steps import Bought, buy_both, cancel, check_books, place_both
from tests.payment.faults.money import hear
from tests.payment.steps import attempt_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought(stripe_double: OfflineStripe) -> Bought:
    make_post()
    return buy_both(stripe_double)


def address(bought: Bought, language: str = "en") -> str:
    return f"/{language}/orders/{bought.order.token}/cancel/"


def hidden(page: str) -> dict[str, str]:
    """Return what the page's own form would send."""
    found = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def choose(client: Client, bought: Bought, pieces: int, **more: Any) -> dict[str, str]:
    """Choose so many lotas, and return what the next page would send."""
    query = {f"line-{bought.line(bought.lotas).pk}": pieces, "why": "changed-mind"}
    page = client.get(address(bought), query | more)
    assert page.status_code == 200
    return hidden(page.content.decode())


def test_the_order_leads_to_a_page_that_says_to_the_paisa_what_comes_back(
    client: Client, bought: Bought
) -> None:
    order = client.get(f"/en/orders/{bought.order.token}/").content.decode()
    assert address(bought) in order
    page = client.get(address(bought)).content.decode()
    assert "What would you like to cancel?" in page
    lotas = bought.line(bought.lotas).pk

    answer = client.get(address(bought), {f"line-{lotas}": 3, "why": "mistake"})

    page = answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page) == [
        ("3 × Brass lota", "₹2,040.85"),
        ("Delivery", "₹60"),
        ("Comes back", "₹2,100.85"),
    ]
    assert Refund.objects.count() == 0


def test_what_the_page_said_comes_back_and_the_order_shows_it(
    client: Client, bought: Bought
) -> None:
    sent = choose(client, bought, 1)
    mail.outbox.clear()

    answer = client.post(address(bought), sent | {"words": "One is enough."}, follow=True)

    page = answer.content.decode()
    assert "It is cancelled. We have written to you." in page
    assert "1 piece cancelled" in page
    assert "On its way since" in page
    assert "₹680.29" in page
    refund = Refund.objects.select_related("cancellation").get()
    assert refund.amount_paise == 68_029
    assert refund.cancellation is not None
    assert refund.cancellation.words == "One is enough."
    assert [letter.to for letter in mail.outbox] == [["asha@example.org"]]
    bought.look()
    page = client.get(f"/en/orders/{bought.order.token}/").content.decode()
    assert "Sent to your bank on" in page
    check_books()


def test_a_page_sent_twice_cancels_once(client: Client, bought: Bought) -> None:
    sent = choose(client, bought, 3)

    first = client.post(address(bought), sent)
    again = client.post(address(bought), sent)

    assert (first.status_code, again.status_code) == (302, 302)
    assert Refund.objects.get().amount_paise == 210_085


def test_an_old_page_is_told_what_comes_back_now(
    client: Client, bought: Bought, stripe_double: OfflineStripe
) -> None:
    sent = choose(client, bought, 3)
    session = attempt_of(bought.placed).provider_session
    stripe_double.dashboard_refund(session=session, amount=300_000)
    hear(stripe_double)

    answer = client.post(address(bought), sent)

    assert answer.status_code == 409
    assert "It is now ₹570 that comes back." in answer.content.decode()
    assert bought.line(bought.lotas).cancelled_quantity == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "has packed the parcel already"), ("hi", "पार्सल बाँध चुके हैं")],
)
def test_who_is_too_late_reads_why_and_nothing_changes(
    client: Client, bought: Bought, language: str, words: str
) -> None:
    sent = choose(client, bought, 1)
    fulfilment.pack(bought.part(bought.brass), by=None)

    answer = client.post(address(bought, language), sent)

    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert Refund.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"why": "mistake"}, "Please choose at least one piece."),
        ({"why": "broken", "line": "1"}, "Select a valid choice."),
        ({"why": "mistake", "line": "4"}, "less than or equal to 3"),
        ({"why": "mistake", "line": "x"}, "Enter a whole number."),
        ({"why": "mistake", "line": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_choice_that_makes_no_sense_is_said_on_the_page(
    client: Client, bought: Bought, query: dict[str, str], words: str
) -> None:
    line = query.pop("line", None)
    if line is not None:
        query[f"line-{bought.line(bought.lotas).pk}"] = line

    answer = client.get(address(bought), query)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_link_with_a_tail_and_a_page_without_values_are_no_mistake(
    client: Client, bought: Bought
) -> None:
    page = client.get(address(bought), {"utm_source": "mail"})
    empty = client.post(address(bought))

    assert page.status_code == 200
    assert "There is a problem" not in page.content.decode()
    assert empty.status_code == 422
    assert Refund.objects.count() == 0


def test_nothing_is_offered_once_all_is_gone(client: Client, bought: Bought) -> None:
    cancel(bought)

    page = client.get(address(bought)).content.decode()
    order = client.get(f"/en/orders/{bought.order.token}/").content.decode()

    assert "Nothing of this order can be cancelled any more" in page
    assert address(bought) not in order
    assert "This order was cancelled" in order


def test_an_unpaid_order_is_cancelled_at_once_and_a_stranger_finds_nothing(
    client: Client, stripe_double: OfflineStripe
) -> None:
    make_post()
    unpaid = place_both()

    assert client.get(address(unpaid)).url == f"/en/orders/{unpaid.order.token}/"
    assert client.post(address(unpaid)).url == "/en/basket/"
    assert unpaid.order.status == "cancelled"
    assert client.get("/en/orders/made-up/cancel/").status_code == 404


def test_an_order_paid_while_its_buyer_cancelled_says_so(
    client: Client, stripe_double: OfflineStripe
) -> None:
    make_post()
    bought = place_both()
    stripe_double.pay(attempt_of(bought.placed).provider_session or "")

    page = client.post(address(bought), follow=True).content.decode()

    assert "Your payment has come or is on its way. You can cancel the paid order." in page
    assert bought.order.status == "confirmed"
