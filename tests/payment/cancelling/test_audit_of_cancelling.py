"""The audit lays what was taken back beside lines, refunds and charges."""

from fixtures.stripe_double.runner import OfflineStripe
from storefront.order.models import Cancellation, CancelledLine
from storefront.payment.models import Refund, RefundLine
from storefront.payment.queries import kept_charge
from storefront.payment.services.audit import audit
from tests.payment.cancelling.steps import Bought, buy_both, check_books
from tests.payment.steps import attempt_of


def a_refund(bought: Bought, paise: int, **facts: object) -> Refund:
    charge = kept_charge(bought.order)
    assert charge is not None
    return Refund.objects.create(
        order=bought.order,
        attempt=attempt_of(bought.placed),
        charge=charge.reference,
        amount_paise=paise,
        reason="by hand",
        **facts,
    )


def test_a_piece_cancelled_without_being_counted_is_found(double: OfflineStripe) -> None:
    bought = buy_both(double)
    line = bought.line(bought.dupatta)
    cancellation = Cancellation.objects.create(
        order=bought.order, key="by hand", asker="staff", why="other", state="done"
    )
    CancelledLine.objects.create(
        cancellation=cancellation, line=line, quantity=1, goods=1, delivery=0, has_left=False
    )

    found = list(audit(offline=True))

    assert f"line {line.pk}: 1 cancelled for ₹1.00, counted 0 for ₹0.00" in found


def test_more_going_back_than_came_is_found(double: OfflineStripe) -> None:
    bought = buy_both(double)
    charge = a_refund(bought, 357_000).charge
    check_books(offline=True)
    a_refund(bought, 1)

    found = list(audit(offline=True))

    assert found == [f"charge {charge}: 357001 paise go back of 357000"]


def test_a_refund_that_is_not_the_sum_of_its_lines_is_found(double: OfflineStripe) -> None:
    bought = buy_both(double)
    cancellation = Cancellation.objects.create(
        order=bought.order, key="by hand", asker="staff", why="other", state="declined"
    )
    refund = a_refund(bought, 100, cancellation=cancellation)
    line = bought.line(bought.lotas)
    RefundLine.objects.create(refund=refund, line=line, quantity=1, amount=2)

    found = list(audit(offline=True))

    assert found == [f"refund {refund.pk}: 100 paise, its lines ₹2.00"]
