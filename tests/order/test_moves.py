"""Orders and their parts move by the table, once, with a row each."""

import pytest
from django.core import mail
from django.db import transaction

from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.core.clock import now
from storefront.core.machine import IllegalMove
from storefront.order.models import Order, SellerOrder, StateChange
from storefront.order.rules import SellerOrderState
from storefront.order.services import cancel_unpaid, confirm, lock_order, move_part, revive
from storefront.stock.services import SoldOut
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import cancel_order, confirm_order, make_order, part_of

pytestmark = pytest.mark.django_db


def status_of(order):
    return Order.objects.get(pk=order.pk).status


def moves_of(order):
    return list(order.moves.order_by("pk").values_list("seller_order", "old", "new"))


def test_a_confirmed_order_is_accepted_by_all_its_sellers():
    order = make_order(
        make_product(seller=make_seller()), make_product(seller=make_seller()), is_paid=False
    )
    parts = list(order.seller_orders.order_by("pk").values_list("pk", flat=True))

    confirm_order(order)

    assert status_of(order) == "confirmed"
    assert moves_of(order) == [
        (None, "pending-payment", "confirmed"),
        (parts[0], "waiting", "accepted"),
        (parts[1], "waiting", "accepted"),
    ]


def test_the_buyer_gets_one_letter_when_the_order_is_confirmed():
    order = make_order(make_product(), is_paid=False)

    confirm_order(order)

    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["asha@example.org"], f"Your order {order.number} is confirmed")
    ]


def test_an_order_is_confirmed_once():
    order = make_order(make_product())
    before = moves_of(order)
    mail.outbox.clear()

    with pytest.raises(IllegalMove), transaction.atomic():
        confirm(lock_order(order.pk), now=now(), reason="paid twice")

    assert moves_of(order) == before
    assert mail.outbox == []


def test_an_unpaid_order_that_is_cancelled_gives_pieces_and_basket_back():
    product = make_product(stock=5)
    order = make_order(product, quantity=2, is_paid=False)

    cancel_order(order)

    assert status_of(order) == "cancelled"
    assert part_of(order).state == "cancelled"
    assert stock_record(product).free == 5
    assert Basket.objects.get(pk=order.basket_id).status == Basket.OPEN


def test_a_paid_order_is_not_cancelled_as_unpaid():
    product = make_product(stock=5)
    order = make_order(product)

    with pytest.raises(IllegalMove), transaction.atomic():
        cancel_unpaid(lock_order(order.pk), reason="by mistake")

    assert status_of(order) == "confirmed"
    assert stock_record(product).free == 4


def test_late_money_revives_a_cancelled_order_whose_pieces_are_there():
    product = make_product(stock=1)
    order = cancel_order(make_order(product, is_paid=False))

    with transaction.atomic():
        revive(lock_order(order.pk), now=now())

    assert status_of(order) == "confirmed"
    assert part_of(order).state == "accepted"
    assert stock_record(product).free == 0


def test_a_revived_order_takes_its_basket_with_it_so_that_nobody_buys_twice():
    order = cancel_order(make_order(make_product(stock=5), is_paid=False))

    with transaction.atomic():
        revive(lock_order(order.pk), now=now())

    basket = Basket.objects.get(pk=order.basket_id)
    assert (basket.status, basket.version) == (Basket.FROZEN, order.basket_version)


def test_a_basket_changed_since_its_order_was_cancelled_stays_open_when_that_revives():
    order = cancel_order(make_order(make_product(stock=5), is_paid=False))
    basket = Basket.objects.get(pk=order.basket_id)
    baskets.add(basket, product_id=make_product().pk, quantity=1)

    with transaction.atomic():
        revive(lock_order(order.pk), now=now())

    assert Basket.objects.get(pk=basket.pk).status == Basket.OPEN


def test_late_money_cannot_revive_an_order_whose_piece_was_sold():
    product = make_product(stock=1)
    order = cancel_order(make_order(product, is_paid=False))
    make_order(product)

    with pytest.raises(SoldOut), transaction.atomic():
        revive(lock_order(order.pk), now=now())

    assert status_of(order) == "cancelled"
    assert part_of(order).state == "cancelled"


def test_a_part_moves_once_to_a_state_it_is_in():
    part = part_of(make_order(make_product()))

    move_part(part, new=SellerOrderState.PACKED, by=None, reason="packed")
    move_part(part, new=SellerOrderState.PACKED, by=None, reason="packed again")

    reasons = part.moves.filter(new="packed").values_list("reason", flat=True)
    assert list(reasons) == ["packed"]


def test_a_part_does_not_skip_a_state():
    part = part_of(make_order(make_product()))

    with pytest.raises(IllegalMove, match="accepted → delivered"):
        move_part(part, new=SellerOrderState.DELIVERED, by=None)

    assert part_of(part.order).state == "accepted"
    assert StateChange.objects.filter(seller_order=part).count() == 1


def test_a_seller_sees_only_the_own_part():
    brass, clay = make_seller(), make_seller()
    order = make_order(make_product(seller=brass), make_product(seller=clay))

    mine = SellerOrder.objects.for_seller(brass)

    assert [part.pk for part in mine] == [part_of(order, brass).pk]


def test_a_seller_does_not_see_an_order_nobody_paid():
    seller = make_seller()
    product = make_product(seller=seller)
    make_order(product, is_paid=False)
    cancel_order(make_order(product, is_paid=False))

    assert list(SellerOrder.objects.for_seller(seller)) == []


def test_a_seller_keeps_seeing_a_paid_part_that_was_cancelled():
    seller = make_seller()
    part = part_of(make_order(make_product(seller=seller)))

    move_part(part, new=SellerOrderState.CANCELLED, by=None, reason="buyer changed their mind")

    assert [each.state for each in SellerOrder.objects.for_seller(seller)] == ["cancelled"]
