"""What sellers are written when they are paid, and when the bank sent it back."""

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.utils import translation

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.payouts import services as payouts
from storefront.payouts.models import Payout
from storefront.payouts.rules import PayoutState
from tests.factories.catalogue import make_seller
from tests.factories.payouts import make_draft, make_exported, make_owed, pay

pytestmark = pytest.mark.django_db
KNOWN = {"amount": "₹936.54", "utr": "SBIN1", "why": "No account", "url": "/", "number": "ZP1"}


@pytest.fixture
def payout() -> Payout:
    """A payout of a seller for whom two people act."""
    people = [
        User.objects.create_user(f"{name}@example.org", "x" * 12) for name in ("asif", "rani")
    ]
    make_owed(make_seller(users=people))
    payout: Payout = make_exported().payouts.select_related("batch").get()
    mail.outbox.clear()
    return payout


def test_all_who_act_for_a_seller_read_in_hindi_that_they_were_paid(payout: Payout) -> None:
    pay(payout, utr="SBIN000000000001")
    pay(payout, utr="SBIN000000000001")

    assert [letter.to for letter in mail.outbox] == [["asif@example.org"], ["rani@example.org"]]
    letter = mail.outbox[0]
    assert letter.subject == "हमने आपको ₹936.54 भेज दिए हैं"
    assert "SBIN000000000001" in letter.body
    assert f"\nhttp://testserver/seller/money/{payout.pk}/\n" in letter.body


def test_who_was_not_paid_reads_why(payout: Payout) -> None:
    by = payout.batch.made_by
    payouts.mark_failed(payout, reason="Account closed", seen=PayoutState.DUE, by=by, now=now())

    assert len(mail.outbox) == 2
    assert "₹936.54" in mail.outbox[0].subject
    assert "Account closed" in mail.outbox[0].body


def test_nobody_is_written_of_what_never_went_to_the_bank(payout: Payout) -> None:
    by = payout.batch.made_by
    payouts.mark_failed(payout, reason="No", seen=PayoutState.DUE, by=by, now=now())
    mail.outbox.clear()

    payouts.decline(make_draft(), reason="Wrong day", by=by, now=now())

    assert mail.outbox == []


@pytest.mark.parametrize("letter", ["seller_paid", "seller_not_paid"])
@pytest.mark.parametrize("ending", ["subject.txt", "txt", "html"])
def test_the_letters_are_there_in_english_too(letter: str, ending: str) -> None:
    with translation.override("en"):
        text = render_to_string(f"emails/{letter}.{ending}", KNOWN | {"language": "en"})

    assert "₹936.54" in text
    assert "See your order" not in text
