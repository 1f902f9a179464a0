"""An order's use of offers and vouchers is counted once and given back once."""

import pytest
from django.db import transaction
from oscar.apps.offer.models import Benefit
from oscar.apps.voucher.models import Voucher, VoucherApplication

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.discounts.services import return_usage
from storefront.order.services import lock_order, revive
from tests.discounts.placing import counters, order, place
from tests.factories.catalogue import make_product
from tests.factories.offers import make_offer, make_voucher
from tests.factories.orders import cancel_order, confirm_order
from tests.factories.purchase import make_basket, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _post():
    make_post()


def offer_counters(offer):
    return offer.num_applications, offer.status


def test_a_use_is_counted_once_however_often_the_order_is_asked_for():
    offer, voucher = make_offer(Benefit.PERCENTAGE, 10), make_voucher("DIWALI10")
    basket = make_basket(make_product(price="1000.00"))
    basket.vouchers.add(voucher)

    first, again = order(basket), order(basket)

    assert first == again
    assert counters(offer) == (1, "100.00")
    assert counters(voucher) == (1, "100.00")
    assert counters(voucher.offers.get()) == (1, "100.00")
    assert offer_counters(offer) == (1, "Open")
    applied = VoucherApplication.objects.get()
    assert (applied.voucher, applied.order, applied.user) == (voucher, first, None)


def test_an_offer_at_its_limit_is_consumed_and_open_again_when_the_order_is_cancelled():
    offer = make_offer(Benefit.PERCENTAGE, 10, max_global_applications=1)
    placed = place(make_product(price="1000.00"))
    assert counters(offer) == (1, "100.00")
    assert offer_counters(offer) == (1, "Consumed")

    cancel_order(placed)

    assert counters(offer) == (0, "0.00")
    assert offer_counters(offer) == (0, "Open")


def test_an_offer_that_gave_all_it_may_give_is_consumed():
    offer = make_offer(Benefit.PERCENTAGE, 10, max_discount=150)
    lota = make_product(price="1000.00")

    totals = [str(place(lota, email=f"b{n}@example.org").total_incl_tax) for n in range(3)]

    # As Oscar has it: the order that passes the limit still gets its discount.
    assert totals == ["960.00", "960.00", "1060.00"]
    assert counters(offer) == (2, "200.00")


def test_a_use_is_given_back_once():
    offer, voucher = make_offer(Benefit.PERCENTAGE, 10), make_voucher("DIWALI10")
    kept = place(make_product(price="1000.00"), vouchers=[voucher], email="b@example.org")
    placed = cancel_order(place(make_product(price="1000.00"), vouchers=[voucher]))

    return_usage(placed)

    assert counters(offer) == (1, "100.00")
    assert counters(voucher) == (1, "100.00")
    assert VoucherApplication.objects.get().order == kept
    assert [str(row.amount) for row in placed.discounts.all()] == ["100.00", "100.00"]


def test_a_suspended_offer_stays_suspended_through_placing_and_cancelling():
    offer = make_offer(Benefit.PERCENTAGE, 10)
    placed = place(make_product(price="1000.00"))
    offer.refresh_from_db()
    offer.suspend()

    cancel_order(placed)

    assert counters(offer) == (0, "0.00")
    assert offer.status == "Suspended"


@pytest.mark.parametrize("by", ["account", "email"])
def test_a_person_may_use_an_offer_so_often_and_others_too(by):
    make_offer(Benefit.PERCENTAGE, 10, max_user_applications=1)
    lota = make_product(price="1000.00")
    user = User.objects.create_user("u@example.org", "a long pass phrase")
    me = {"user": user} if by == "account" else {"email": "Me@example.org"}
    other = {"email": "other@example.org"}

    first = place(lota, **me)
    again = place(lota, **(me | ({"email": "x@example.org"} if by == "account" else {})))
    others = place(lota, **other)

    assert [str(each.total_incl_tax) for each in (first, again, others)] == [
        "960.00",
        "1060.00",
        "960.00",
    ]


def test_once_per_customer_is_given_back_with_the_order():
    voucher = make_voucher("WELCOME", usage=Voucher.ONCE_PER_CUSTOMER)
    lota = make_product(price="1000.00")
    cancel_order(place(lota, vouchers=[voucher]))

    again = place(lota, vouchers=[voucher])

    assert str(again.total_incl_tax) == "960.00"


def test_money_that_comes_late_takes_the_discount_again():
    voucher = make_voucher("ONCE", usage=Voucher.SINGLE_USE)
    placed = cancel_order(place(make_product(price="1000.00"), vouchers=[voucher]))

    with transaction.atomic():
        revive(lock_order(placed.pk), now=now())

    assert counters(voucher) == (1, "100.00")
    assert VoucherApplication.objects.get().order == placed
    assert not placed.notes.exists()


def test_money_that_comes_late_is_accepted_though_the_voucher_was_used_meanwhile():
    voucher = make_voucher("ONCE", usage=Voucher.SINGLE_USE)
    placed = cancel_order(place(make_product(price="1000.00"), vouchers=[voucher]))
    confirm_order(place(make_product(price="1000.00"), vouchers=[voucher]))

    with transaction.atomic():
        revive(lock_order(placed.pk), now=now())

    placed.refresh_from_db()
    assert placed.status == "confirmed"
    assert counters(voucher) == (2, "200.00")
    assert VoucherApplication.objects.count() == 2
    assert [note.message for note in placed.notes.all()] == [
        "Paid late, with a discount that was used up meanwhile."
    ]
