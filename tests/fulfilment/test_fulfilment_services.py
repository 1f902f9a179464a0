"""Packing, sending, delivering, closing: each once, in order, and the buyer told once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from storefront.fulfilment import services
from storefront.fulfilment.models import Parcel
from storefront.fulfilment.queries import parts_done, parts_to_do, workload
from storefront.order.models import SellerOrder
from storefront.stock.models import StockMovement
from storefront.stock.rules import Reason
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import cancel_order, make_order, make_shipped, part_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)


def ship(part, *, carrier="India Post", tracking_number="EU123456789IN", now=NOON):
    return services.ship(part, carrier=carrier, tracking_number=tracking_number, by=None, now=now)


def state_of(part):
    return SellerOrder.objects.get(pk=part.pk).state


def counters(product):
    record = stock_record(product)
    return record.num_in_stock, record.num_allocated


def test_a_paid_part_is_packed_and_the_move_says_by_whom(django_user_model):
    potter = django_user_model.objects.create_user("potter@example.org")
    part = part_of(make_order(make_product()))

    packed = services.pack(part, by=potter)

    assert packed.state == "packed"
    assert part.moves.values_list("old", "new", "by").last() == ("accepted", "packed", potter.pk)


def test_packing_twice_is_one_move():
    part = part_of(make_order(make_product()))
    services.pack(part, by=None)

    again = services.pack(part, by=None)

    assert again.state == "packed"
    assert part.moves.filter(new="packed").count() == 1


def test_a_part_that_is_not_paid_is_not_packed():
    part = part_of(make_order(make_product(), is_paid=False))

    with pytest.raises(services.NotNow, match="not paid yet"):
        services.pack(part, by=None)

    assert state_of(part) == "waiting"


def test_a_cancelled_part_is_not_packed():
    part = part_of(cancel_order(make_order(make_product(), is_paid=False)))

    with pytest.raises(services.NotNow, match="was cancelled"):
        services.pack(part, by=None)

    assert state_of(part) == "cancelled"


def test_a_part_that_left_is_not_packed_again():
    part = make_shipped(part_of(make_order(make_product())))

    with pytest.raises(services.NotNow, match="has left already"):
        services.pack(part, by=None)

    assert state_of(part) == "shipped"


def test_sending_lets_the_pieces_leave_the_house_once():
    product = make_product(stock=5)
    part = part_of(make_order(product, quantity=2))
    services.pack(part, by=None)

    first = ship(part)
    second = ship(part)

    assert second == first
    assert counters(product) == (3, 0)
    moved = StockMovement.objects.filter(reason=Reason.SHIPPED)
    assert list(moved.values_list("in_stock_change", "allocated_change", "reference")) == [
        (-2, -2, part.number)
    ]


def test_only_the_sent_part_of_an_order_moves():
    brass, clay = make_product(seller=make_seller()), make_product(seller=make_seller())
    order = make_order(brass, clay)
    part = part_of(order, stock_record(brass).partner)

    make_shipped(part)

    assert counters(brass) == (4, 0)
    assert counters(clay) == (5, 1)
    assert state_of(part_of(order, stock_record(clay).partner)) == "accepted"


def test_the_parcel_keeps_carrier_number_and_moment():
    part = part_of(make_order(make_product()))
    services.pack(part, by=None)

    ship(part, carrier="india post", tracking_number="eu १२३४५६७८९ in")

    assert list(Parcel.objects.values_list("carrier", "tracking_number", "shipped_at")) == [
        ("India Post", "EU123456789IN", NOON)
    ]


def test_the_buyer_gets_one_letter_about_the_parcel():
    part = part_of(make_order(make_product()))
    services.pack(part, by=None)
    mail.outbox.clear()

    ship(part)
    ship(part)

    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["asha@example.org"], f"A parcel of order {part.order.number} is on its way")
    ]
    assert "Sent on 24 November 2026 with India Post, tracking number EU123456789IN" in (
        mail.outbox[0].body
    )


def test_another_number_for_a_parcel_that_left_is_refused():
    part = make_shipped(part_of(make_order(make_product())))

    with pytest.raises(services.NotNow, match="sent already: India Post, EU123456789IN"):
        ship(part, tracking_number="EU000000000IN")

    assert Parcel.objects.get().tracking_number == "EU123456789IN"


@pytest.mark.parametrize(
    ("carrier", "number", "words"),
    [
        ("", "EU1", "who carries"),
        ("India Post", "  ", "give the tracking number"),
        ("India Post", "9" * 61, "60 characters"),
        ("x" * 61, "EU1", "60 characters"),
        ("India Post", "EU_1", "only letters, digits"),
    ],
)
def test_a_parcel_without_a_usable_number_does_not_leave(carrier, number, words):
    product = make_product(stock=5)
    part = part_of(make_order(product))
    services.pack(part, by=None)
    mail.outbox.clear()

    with pytest.raises(services.ParcelRefused, match=words):
        ship(part, carrier=carrier, tracking_number=number)

    assert state_of(part) == "packed"
    assert counters(product) == (5, 1)
    assert mail.outbox == []


def test_two_parcels_cannot_have_one_number():
    make_shipped(part_of(make_order(make_product())))
    product = make_product(stock=5)
    part = part_of(make_order(product))
    services.pack(part, by=None)
    mail.outbox.clear()

    with pytest.raises(services.ParcelRefused, match="belongs to another parcel"):
        ship(part)

    assert state_of(part) == "packed"
    assert counters(product) == (5, 1)
    assert mail.outbox == []


def test_the_same_number_at_another_carrier_is_another_parcel():
    make_shipped(part_of(make_order(make_product())))
    part = part_of(make_order(make_product()))
    services.pack(part, by=None)

    ship(part, carrier="Delhivery")

    assert state_of(part) == "shipped"


def test_a_part_is_packed_before_it_is_sent():
    part = part_of(make_order(make_product()))

    with pytest.raises(services.NotNow, match="packed first"):
        ship(part)

    assert state_of(part) == "accepted"


def test_a_part_that_is_not_paid_is_not_sent():
    part = part_of(make_order(make_product(), is_paid=False))

    with pytest.raises(services.NotNow, match="not paid yet"):
        ship(part)

    assert not Parcel.objects.exists()


def test_a_parcel_arrives_and_the_part_is_closed():
    part = make_shipped(part_of(make_order(make_product())))
    later = part.parcels.get().shipped_at + timedelta(days=3)

    services.deliver(part, by=None, now=later)
    services.deliver(part, by=None, now=later)
    services.close(part, now=later)
    services.close(part, now=later)

    assert list(part.moves.order_by("pk").values_list("new", flat=True)) == [
        "accepted",
        "packed",
        "shipped",
        "delivered",
        "closed",
    ]


def test_a_parcel_does_not_arrive_before_it_left():
    part = part_of(make_order(make_product()))
    services.pack(part, by=None)
    ship(part)

    with pytest.raises(services.NotNow, match="had not left yet"):
        services.deliver(part, by=None, now=NOON - timedelta(minutes=1))

    assert state_of(part) == "shipped"


def test_what_did_not_leave_does_not_arrive():
    part = part_of(make_order(make_product()))

    with pytest.raises(services.NotNow, match="has not left yet"):
        services.deliver(part, by=None, now=NOON)

    assert state_of(part) == "accepted"


def test_what_did_not_arrive_is_not_closed():
    part = make_shipped(part_of(make_order(make_product())))

    with pytest.raises(services.NotNow, match="has not arrived yet"):
        services.close(part, now=part.parcels.get().shipped_at)

    assert state_of(part) == "shipped"


def test_what_is_closed_does_not_arrive_again():
    part = make_shipped(part_of(make_order(make_product())))
    later = part.parcels.get().shipped_at
    services.deliver(part, by=None, now=later)
    services.close(part, now=later)

    with pytest.raises(services.NotNow, match="complete already"):
        services.deliver(part, by=None, now=later)

    assert state_of(part) == "closed"


def test_a_seller_sees_what_is_to_do_and_what_is_done():
    seller, other = make_seller(), make_seller()
    product = make_product(seller=seller, stock=10)
    to_pack = part_of(make_order(product))
    to_send = services.pack(part_of(make_order(product)), by=None)
    sent = make_shipped(part_of(make_order(product)))
    make_order(product, is_paid=False)
    cancel_order(make_order(product, is_paid=False))
    make_order(make_product(seller=other))

    assert (workload(seller).to_pack, workload(seller).to_send, workload(seller).total) == (1, 1, 2)
    assert list(parts_to_do(seller)) == [to_pack, to_send]
    assert list(parts_done(seller)) == [sent]
