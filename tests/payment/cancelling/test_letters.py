"""What buyer and sellers read when pieces are taken back, each in their language."""

from typing import Any

import pytest
from django.core import mail

from fixtures.stripe_double.runner import OfflineStripe
from storefront.accounts.models import User
from storefront.order.models import Order
from storefront.order.rules import Asker, Why
from storefront.payment import services as payment
from storefront.payment.models import Refund
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order, make_shipped
from tests.payment.cancelling.steps import Bought, buy_both, cancel, make_staff, wish


@pytest.fixture
def bought(double: OfflineStripe) -> Bought:
    """Both bought; one person acts for each seller; no letter lies about."""
    bought = buy_both(double)
    for seller, email in ((bought.brass, "brass@example.org"), (bought.cloth, "cloth@example.org")):
        seller.users.add(User.objects.create_user(email, "x" * 12))
    mail.outbox.clear()
    return bought


def letters() -> dict[str, Any]:
    found = {letter.to[0]: letter for letter in mail.outbox}
    assert len(found) == len(mail.outbox)
    return found


def test_a_buyer_reads_what_is_cancelled_what_comes_back_and_when(bought: Bought) -> None:
    cancel(bought, why=Why.MISTAKE, pieces={bought.line(bought.lotas).pk: 2})

    letter = letters()["asha@example.org"]
    assert letter.subject == f"Cancelled from your order {bought.order.number}"
    assert "2 × Brass lota" in letter.body
    assert "Dupatta" not in letter.body
    assert "The reason: I ordered by mistake." in letter.body
    assert "₹1,360.57 is going back to you, the way you paid." in letter.body
    html = letter.alternatives[0][0]
    assert "₹1,360.57 is going back to you" in html


def test_a_hindi_reader_is_written_to_in_hindi(bought: Bought) -> None:
    Order.objects.filter(pk=bought.order.pk).update(language="hi")

    cancel(bought, Asker.SELLER, seller=bought.brass, why=Why.BROKEN, words="भट्ठी")

    letter = letters()["asha@example.org"]
    assert letter.subject == f"आपके ऑर्डर {bought.order.number} में से रद्द"
    assert "3 × पीतल का लोटा" in letter.body
    assert "कारण: चीज़ टूट गई: भट्ठी।" in letter.body
    assert "₹2,100.85 आपको" in letter.body


def test_only_sellers_who_did_not_ask_are_written_to(bought: Bought) -> None:
    cancel(bought, Asker.SELLER, seller=bought.brass)
    assert set(letters()) == {"asha@example.org"}
    mail.outbox.clear()

    cancel(bought)

    told = letters()
    assert set(told) == {"asha@example.org", "cloth@example.org"}
    assert "कृपया न भेजें" in told["cloth@example.org"].subject


def test_a_seller_of_whom_something_is_left_reads_to_send_only_that(bought: Bought) -> None:
    cancel(bought, pieces={bought.line(bought.lotas).pk: 1})

    letter = letters()["brass@example.org"]
    assert "के कुछ नग रद्द हुए" in letter.subject
    assert "कृपया केवल वही भेजें जो बचा है।" in letter.body
    assert "/seller/orders/" in letter.body


def test_after_a_parcel_left_the_letters_speak_of_money_only(bought: Bought) -> None:
    make_shipped(bought.part(bought.brass))
    mail.outbox.clear()

    cancel(bought, Asker.STAFF, why=Why.FAULTY, pieces={bought.line(bought.lotas).pk: 1})

    told = letters()
    assert told["asha@example.org"].subject == f"Money comes back for order {bought.order.number}"
    assert "ख़रीदार को पैसा लौटाया जा रहा है" in told["brass@example.org"].subject


def test_no_letter_is_written_before_a_second_person_agreed(bought: Bought, settings: Any) -> None:
    settings.REFUND_ALONE_UP_TO *= 0
    cancel(bought, Asker.STAFF, by=make_staff("one@example.org"))
    assert mail.outbox == []

    payment.approve(Refund.objects.get(), by=make_staff("two@example.org"))

    assert set(letters()) == {"asha@example.org", "brass@example.org", "cloth@example.org"}


def test_who_paid_nothing_reads_that_nothing_goes_back(double: OfflineStripe) -> None:
    order = make_order(make_product(stock=5))
    mail.outbox.clear()

    payment.cancel(order, wish=wish())

    assert "No money has to go back." in letters()["asha@example.org"].body
