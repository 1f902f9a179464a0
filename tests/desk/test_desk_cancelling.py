"""A seller who cannot send cancels pieces of the own part: chosen, looked at, done once."""

import re

import pytest
from django.core import mail

from fixtures.stripe_double.runner import OfflineStripe
from storefront.fulfilment import services as fulfilment
from storefront.payment.models import Refund
from tests.desk.conftest import Seat, sit_down
from tests.factories.catalogue import stock_record
from tests.factories.orders import make_shipped
from tests.factories.purchase import make_post
from tests.payment.cancelling.steps import Bought, buy_both, cancel, check_books

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought(stripe_double: OfflineStripe) -> Bought:
    make_post()
    return buy_both(stripe_double)


@pytest.fixture
def brass(bought: Bought) -> Seat:
    return sit_down("rashid", bought.brass)


def page_of(bought: Bought) -> str:
    return f"/seller/orders/{bought.part(bought.brass).number}/"


def look(seat: Seat, bought: Bought, pieces: int, why: str = "broken") -> dict[str, str]:
    """Choose so many lotas; return what the page that shows what goes back would send."""
    query = {f"line-{bought.line(bought.lotas).pk}": pieces, "why": why}
    page = seat.client.get(f"{page_of(bought)}cancel/", query)
    assert page.status_code == 200
    found = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_seller_cancels_pieces_and_the_buyer_is_paid_back_and_told_why(
    brass: Seat, bought: Bought
) -> None:
    assert f"{page_of(bought)}cancel/" in brass.client.get(page_of(bought)).content.decode()
    sent = look(brass, bought, 1)
    mail.outbox.clear()

    answer = brass.client.post(
        f"{page_of(bought)}cancel/", sent | {"words": "It fell."}, follow=True
    )

    page = answer.content.decode()
    assert answer.redirect_chain == [(page_of(bought), 302)]
    assert "1 piece cancelled" in page
    assert "<b>2 ×</b> Brass lota" in page
    assert "₹1,360.56" in page
    refund = Refund.objects.select_related("requested_by").get()
    assert (refund.amount_paise, refund.requested_by) == (68_029, brass.user)
    assert stock_record(bought.lotas).num_in_stock == 4
    (letter,) = mail.outbox
    assert letter.to == ["asha@example.org"]
    assert "The piece broke: It fell." in letter.body
    check_books(offline=True)


def test_a_page_sent_twice_cancels_once(brass: Seat, bought: Bought) -> None:
    sent = look(brass, bought, 3, why="cannot-send")

    for _ in range(2):
        answer = brass.client.post(f"{page_of(bought)}cancel/", sent)
        assert answer.status_code == 302

    assert Refund.objects.get().amount_paise == 210_085
    page = brass.client.get(page_of(bought)).content.decode()
    assert "Cancelled, do not send" in page
    assert "cancel/" not in page


def test_a_seller_is_shown_the_own_lines_only(brass: Seat, bought: Bought) -> None:
    page = brass.client.get(f"{page_of(bought)}cancel/").content.decode()

    assert "Brass lota" in page
    assert "Dupatta" not in page
    foreign = {f"line-{bought.line(bought.dupatta).pk}": "1", "why": "broken"}
    assert brass.client.get(f"{page_of(bought)}cancel/", foreign).status_code == 422
    assert brass.client.post(f"{page_of(bought)}cancel/", foreign).status_code == 422
    assert Refund.objects.count() == 0


def test_what_has_left_cannot_be_cancelled(brass: Seat, bought: Bought) -> None:
    sent = look(brass, bought, 1)
    make_shipped(bought.part(bought.brass))

    answer = brass.client.post(f"{page_of(bought)}cancel/", sent)

    assert answer.status_code == 409
    assert "has sent the parcel already" in answer.content.decode()
    assert "cancel/" not in brass.client.get(page_of(bought)).content.decode()


def test_a_seller_who_packed_what_a_buyer_cancelled_is_told_to_look_again(
    brass: Seat, bought: Bought
) -> None:
    seen = re.search(
        r'name="pieces" value="(\d+)"', brass.client.get(page_of(bought)).content.decode()
    )
    assert seen is not None
    cancel(bought, pieces={bought.line(bought.lotas).pk: 1})

    answer = brass.client.post(
        page_of(bought), {"action": "pack", "pieces": seen.group(1)}, follow=True
    )

    assert "Pieces were cancelled meanwhile." in answer.content.decode()
    assert bought.part(bought.brass).state == "accepted"
    again = {"action": "pack", "pieces": "2"}
    brass.client.post(page_of(bought), again)
    assert bought.part(bought.brass).state == "packed"


def test_the_seller_is_told_when_the_buyer_cancels(brass: Seat, bought: Bought) -> None:
    mail.outbox.clear()

    cancel(bought, pieces={bought.line(bought.lotas).pk: 3})

    told = {letter.to[0]: letter for letter in mail.outbox}
    assert set(told) == {"asha@example.org", "rashid@example.org"}
    number = bought.part(bought.brass).number
    assert told["rashid@example.org"].subject == f"ऑर्डर {number} रद्द हो गया: कृपया न भेजें"
    assert "asha@example.org" not in told["rashid@example.org"].body


def test_the_list_counts_only_what_is_left(brass: Seat, bought: Bought) -> None:
    cancel(bought, pieces={bought.line(bought.lotas).pk: 2})
    page = brass.client.get("/seller/orders/").content.decode()
    assert "1 × Brass lota" in page
    assert "₹740.28" in page

    cancel(bought, pieces={bought.line(bought.lotas).pk: 1})
    assert "Brass lota" not in brass.client.get("/seller/orders/").content.decode()
    assert "Brass lota" in brass.client.get("/seller/orders/?show=done").content.decode()
    with pytest.raises(fulfilment.NotNow):
        fulfilment.pack(bought.part(bought.brass), by=None)
