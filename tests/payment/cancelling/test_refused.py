"""What is refused: with words, and with nothing changed. The same wish twice is done once."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.core.refusals import KeyReused, Refusal
from storefront.fulfilment import services as fulfilment
from storefront.fulfilment.services import NotNow
from storefront.order.models import Cancellation, StateChange
from storefront.order.rules import Asker, SellerOrderState, Why
from storefront.payment import services as payment
from storefront.payment.models import Refund
from storefront.payment.rules import RefundState
from storefront.stock.models import StockMovement
from tests.factories.orders import make_shipped
from tests.payment.cancelling.steps import Bought, buy_both, cancel, place_both, wish
from tests.payment.faults.money import hear
from tests.payment.steps import attempt_of


def state_of(bought: Bought) -> list[Any]:
    """Return all that a cancellation would change."""
    return [
        bought.order.status,
        list(bought.order.lines.order_by("pk").values_list("cancelled_quantity", flat=True)),
        Refund.objects.count(),
        Cancellation.objects.count(),
        StateChange.objects.count(),
        StockMovement.objects.count(),
    ]


def packed(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    fulfilment.pack(bought.part(bought.brass), by=None)
    return {}


def sent(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    make_shipped(bought.part(bought.brass))
    return {"asker": Asker.SELLER, "seller": bought.brass}


def too_many(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    return {"pieces": {bought.line(bought.lotas).pk: 4}}


def of_another_seller(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    pieces = {bought.line(bought.lotas).pk: 1}
    return {"asker": Asker.SELLER, "seller": bought.cloth, "pieces": pieces}


def nothing(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    return {"pieces": {bought.line(bought.lotas).pk: 0}}


def less_than_nothing(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    return {"pieces": {bought.line(bought.lotas).pk: 2, bought.line(bought.dupatta).pk: -1}}


def gone_already(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    cancel(bought, pieces={bought.line(bought.lotas).pk: 3})
    return {"pieces": {bought.line(bought.lotas).pk: 1}}


def cancelled_as_a_whole(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    cancel(bought)
    return {}


def disputed(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    double.dispute(session=attempt_of(bought.placed).provider_session)
    hear(double)
    return {"asker": Asker.STAFF}


def another_amount(bought: Bought, double: OfflineStripe) -> dict[str, Any]:
    return {"expected": Decimal("3570.01")}


CASES: list[tuple[Callable[..., dict[str, Any]], str, str]] = [
    (packed, "too-late-to-cancel", "Brass has packed the parcel already"),
    (sent, "too-late-to-cancel", "Brass has sent the parcel already"),
    (too_many, "too-many-pieces", "Only 3 pieces of “Brass lota” are left"),
    (of_another_seller, "no-such-line", "This order has no such line."),
    (nothing, "nothing-chosen", "Please choose at least one piece."),
    (less_than_nothing, "nothing-chosen", "Please choose at least one piece."),
    (gone_already, "already-cancelled", "This was cancelled already."),
    (cancelled_as_a_whole, "already-cancelled", "This was cancelled already."),
    (disputed, "charge-disputed", "The bank is questioning this payment"),
    (another_amount, "total-changed", "It is now ₹3,570 that comes back."),
]


@pytest.mark.parametrize(("case", "code", "words"), CASES, ids=[each[0].__name__ for each in CASES])
def test_a_refused_wish_says_why_in_both_languages_and_changes_nothing(
    double: OfflineStripe, case: Callable[..., dict[str, Any]], code: str, words: str
) -> None:
    bought = buy_both(double)
    facts = case(bought, double)
    before = state_of(bought)

    with pytest.raises(Refusal) as refused:
        cancel(bought, **facts)
    with translation.override("hi"), pytest.raises(Refusal) as in_hindi:
        cancel(bought, **facts)

    assert refused.value.code == code
    assert words in str(refused.value)
    assert words not in str(in_hindi.value)
    assert state_of(bought) == before


def test_an_unpaid_order_has_no_lines_to_cancel(double: OfflineStripe) -> None:
    bought = place_both()

    with pytest.raises(payment.NotPaidYet):
        cancel(bought, Asker.STAFF)

    assert bought.order.status == "pending-payment"


def test_the_same_wish_twice_is_one_refund(double: OfflineStripe) -> None:
    bought = buy_both(double)
    once = wish(pieces={bought.line(bought.lotas).pk: 1})

    first = payment.cancel(bought.order, wish=once)
    again = payment.cancel(bought.order, wish=once)

    assert first == again
    assert Refund.objects.get().amount_paise == 68_029
    assert bought.line(bought.lotas).cancelled_quantity == 1


def test_a_key_stands_for_one_wish_of_one_person(double: OfflineStripe) -> None:
    bought = buy_both(double)
    lotas = bought.line(bought.lotas).pk
    cancel(bought, key="k", pieces={lotas: 1})

    with pytest.raises(KeyReused):
        cancel(bought, key="k", pieces={lotas: 2})
    cancel(bought, Asker.SELLER, seller=bought.brass, key="k", pieces={lotas: 2})

    assert bought.line(bought.lotas).cancelled_quantity == 3


def test_late_money_does_not_revive_what_was_taken_back(double: OfflineStripe) -> None:
    bought = place_both()
    first = attempt_of(bought.placed)
    double.pay(first.provider_session or "")
    payment.sync(first)
    cancel(bought)
    bought.look()

    payment.sync(first)

    assert bought.order.status == "cancelled"
    assert [refund.state for refund in Refund.objects.all()] == [RefundState.SUCCEEDED]


def test_a_seller_who_packed_for_more_pieces_than_are_left_looks_again(
    double: OfflineStripe,
) -> None:
    bought = buy_both(double)
    cancel(bought, pieces={bought.line(bought.lotas).pk: 1})
    part = bought.part(bought.brass)

    with pytest.raises(NotNow, match="Pieces were cancelled meanwhile"):
        fulfilment.pack(part, by=None, pieces=3)
    fulfilment.pack(part, by=None, pieces=2)

    assert bought.part(bought.brass).state == SellerOrderState.PACKED


def test_seller_and_staff_may_cancel_what_is_packed(double: OfflineStripe) -> None:
    bought = buy_both(double)
    for seller in (bought.brass, bought.cloth):
        fulfilment.pack(bought.part(seller), by=None)

    cancel(bought, Asker.SELLER, seller=bought.brass, why=Why.BROKEN)
    cancel(bought, Asker.STAFF)

    assert bought.order.status == "cancelled"


def test_an_order_cancelled_unpaid_is_cancelled_already(double: OfflineStripe) -> None:
    bought = place_both()
    payment.sweep(now=now() + timedelta(hours=1))

    with pytest.raises(payment.AlreadyCancelled):
        cancel(bought)
