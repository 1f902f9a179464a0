"""The buyer has the money already: from the provider's dashboard, or because a bank took it."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account
from storefront.order.rules import Asker, OrderState
from storefront.payment import services as payment
from storefront.payment.models import Refund
from storefront.payment.rules import RefundState
from storefront.payment.services.outside import allot
from storefront.payment.services.trouble import not_needed, retry_refund
from tests.factories.catalogue import stock_record
from tests.payment.cancelling.steps import (
    Bought,
    buy_both,
    cancel,
    check_books,
    given_back,
    make_staff,
    refunds,
)
from tests.payment.faults.money import hear
from tests.payment.steps import attempt_of


def session(bought: Bought) -> str:
    return attempt_of(bought.placed).provider_session or ""


@pytest.mark.parametrize("is_allotted", [False, True])
def test_a_refund_that_a_person_made_larger_elsewhere_is_not_needed_once(
    double: OfflineStripe, is_allotted: bool
) -> None:
    bought = buy_both(double)
    cancel(bought, Asker.SELLER, seller=bought.brass)
    double.dashboard_refund(session=session(bought), amount=357_000)
    hear(double)
    bought.look()
    ours = Refund.objects.exclude(cancellation=None).get()
    assert ours.state == RefundState.REVIEW
    if is_allotted:
        external = Refund.objects.get(cancellation=None)
        allot(external, part=bought.part(bought.brass), now=now())

    assert not_needed(ours, by=None) is True
    assert not_needed(ours, by=None) is False

    assert given_back(bought) == 357_000
    left = {account: paise for account, paise in balances(order=bought.order).items() if paise}
    assert Account.BUYER_MONEY not in left
    # The dupatta's ₹1,469.15 was given away: by the shop, or by whom it was allotted to.
    assert owed_to(bought.brass) == (-146_915 if is_allotted else 0)
    assert left.get(Account.GOODWILL, 0) == (0 if is_allotted else 146_915)
    check_books()


def test_a_refund_that_can_still_be_made_is_needed(double: OfflineStripe) -> None:
    bought = buy_both(double)
    cancel(bought)
    refund = Refund.objects.get()
    Refund.objects.update(state=RefundState.REVIEW)

    assert not_needed(refund, by=None) is False
    assert retry_refund(refund, by=None, now=now()) is True
    bought.look()

    assert refunds(bought) == [(357_000, RefundState.SUCCEEDED)]
    check_books()


def test_what_a_bank_took_for_good_is_cancelled_without_a_refund(double: OfflineStripe) -> None:
    bought = buy_both(double)
    double.dispute(session=session(bought))
    double.dispute("lose", session=session(bought))
    hear(double)
    check_books()

    cancel(bought, Asker.STAFF)

    assert bought.order.status == OrderState.CANCELLED
    assert refunds(bought) == []
    assert stock_record(bought.lotas).free == 5
    assert (owed_to(bought.brass), owed_to(bought.cloth)) == (0, 0)
    assert Account.DISPUTE_LOSS not in balances(order=bought.order)
    check_books()


def test_a_refund_on_its_way_when_a_bank_takes_the_money_is_closed_by_a_button(
    double: OfflineStripe, client: Client
) -> None:
    bought = buy_both(double)
    cancel(bought, Asker.SELLER, seller=bought.brass)
    double.dispute(session=session(bought))
    hear(double)
    double.dispute("lose", session=session(bought))
    hear(double)
    refund = Refund.objects.get()
    assert refund.state == RefundState.REVIEW
    person = make_staff()
    person.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_refund", "change_refund"])
    )
    client.force_login(person)
    assert "The buyer has the money already" in client.get("/dashboard/money/").content.decode()

    client.post("/dashboard/money/", {"action": "not-needed", "id": str(refund.pk)})

    assert refunds(bought) == [(210_085, RefundState.DECLINED)]
    assert "Every refund went its way." in client.get("/dashboard/money/").content.decode()
    # The seller of the dupatta is owed; of the ₹3,570 that the bank took that is the loss.
    assert balances(order=bought.order)[Account.DISPUTE_LOSS] == 146_915
    assert payment.send_refunds() == 0
    check_books()
