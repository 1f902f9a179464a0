"""The seller's own part of orders: seen, packed, sent; by nobody else."""

from datetime import timedelta

import pytest
from django.core import mail

from storefront.core.clock import today
from storefront.fulfilment import services
from storefront.fulfilment.models import Parcel
from storefront.order.models import SellerOrder
from tests.factories.catalogue import make_picture, make_product, make_seller, stock_record
from tests.factories.orders import cancel_order, make_order, make_shipped, part_of

pytestmark = pytest.mark.django_db
SHIP = {"action": "ship", "carrier": "India Post", "tracking_number": "EU123456789IN"}


def page_of(part):
    return f"/seller/orders/{part.number}/"


def make_part(seat, **facts):
    """A paid order of one of the seller's products and a product of somebody else."""
    mine = make_product(seller=seat.seller, **facts)
    foreign = make_product(seller=make_seller("Far Away"), title_en="Somebody else's jar")
    return part_of(make_order(mine, foreign), seat.seller)


def test_a_seller_sees_the_own_part_with_the_address_and_without_the_e_mail(seat):
    part = make_part(seat, title_en="Terracotta horse")

    body = seat.client.get(page_of(part)).content.decode()

    for seen in ("Terracotta horse", "Asha Verma", "12 Hazratganj", "Lucknow 226001", "+91"):
        assert seen in body
    assert "Somebody else" not in body
    assert "asha@example.org" not in body
    assert part.order.token not in body


def test_a_hindi_speaking_seller_reads_hindi_titles(seat):
    part = make_part(seat, title_en="Terracotta horse", title_hi="मिट्टी का घोड़ा")

    body = seat.client.get(page_of(part), headers={"accept-language": "hi"}).content.decode()

    assert "मिट्टी का घोड़ा" in body


def test_a_seller_packs_and_the_page_asks_for_the_parcel(seat):
    part = make_part(seat)

    response = seat.client.post(page_of(part), {"action": "pack"}, follow=True)

    assert part_of(part.order, seat.seller).state == "packed"
    assert response.redirect_chain == [(page_of(part), 302)]
    assert 'name="tracking_number"' in response.content.decode()
    assert part.moves.get(new="packed").by == seat.user


def test_packing_twice_is_packing_once(seat):
    part = make_part(seat)

    seat.client.post(page_of(part), {"action": "pack"})
    seat.client.post(page_of(part), {"action": "pack"})

    assert part.moves.filter(new="packed").count() == 1


def test_a_seller_sends_the_parcel_and_the_buyer_gets_a_letter(seat):
    part = make_part(seat)
    services.pack(part, by=None)
    mail.outbox.clear()

    response = seat.client.post(page_of(part), SHIP, follow=True)

    assert part_of(part.order, seat.seller).state == "shipped"
    assert "India Post, tracking number EU123456789IN" in response.content.decode()
    assert [letter.to for letter in mail.outbox] == [["asha@example.org"]]


def test_sending_twice_is_sending_once(seat):
    product = make_product(seller=seat.seller, stock=5)
    part = part_of(make_order(product))
    services.pack(part, by=None)
    mail.outbox.clear()

    seat.client.post(page_of(part), SHIP)
    seat.client.post(page_of(part), SHIP)

    assert Parcel.objects.count() == 1
    assert stock_record(product).num_in_stock == 4
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"tracking_number": ""}, "This field is required."),
        ({"carrier": ""}, "This field is required."),
        ({"tracking_number": "9" * 61}, "60 characters"),
        ({"tracking_number": "9" * 500}, "at most 120 characters"),
        ({"tracking_number": "EU_1"}, "only letters, digits and hyphens"),
    ],
)
def test_a_wrong_parcel_is_refused_and_what_was_typed_stays(seat, typed, said):
    part = make_part(seat)
    services.pack(part, by=None)

    response = seat.client.post(page_of(part), SHIP | typed)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert part_of(part.order, seat.seller).state == "packed"


def test_a_number_that_another_parcel_has_is_refused(seat):
    make_shipped(part_of(make_order(make_product())), tracking_number="EU123456789IN")
    part = make_part(seat)
    services.pack(part, by=None)

    response = seat.client.post(page_of(part), SHIP)

    assert response.status_code == 422
    assert "belongs to another parcel" in response.content.decode()
    assert part_of(part.order, seat.seller).state == "packed"


def test_an_action_that_is_too_early_says_so(seat):
    part = make_part(seat)

    response = seat.client.post(page_of(part), SHIP, follow=True)

    assert "Please mark the order as packed first." in response.content.decode()
    assert part_of(part.order, seat.seller).state == "accepted"


def test_a_sent_part_offers_nothing_more_to_do(seat):
    part = make_shipped(make_part(seat))

    body = seat.client.get(page_of(part)).content.decode()

    assert "On the way" in body
    assert 'name="action"' not in body


@pytest.mark.parametrize("post", [{"action": "pack"}, SHIP, {}])
def test_a_second_seller_can_do_nothing_with_the_part(seat, other_seat, post):
    part = make_part(seat)

    response = other_seat.client.post(page_of(part), post)

    assert response.status_code == 404
    assert SellerOrder.objects.get(pk=part.pk).state == "accepted"


def test_a_second_seller_cannot_send_a_packed_part(seat, other_seat):
    part = make_part(seat)
    services.pack(part, by=None)

    response = other_seat.client.post(page_of(part), SHIP)

    assert response.status_code == 404
    assert not Parcel.objects.exists()


def test_a_second_seller_does_not_see_the_part(seat, other_seat):
    part = make_part(seat)

    assert other_seat.client.get(page_of(part)).status_code == 404
    for page in ("/seller/", "/seller/orders/", "/seller/orders/?show=done"):
        assert part.number not in other_seat.client.get(page).content.decode()


def test_a_part_of_an_unpaid_order_is_not_there(seat):
    product = make_product(seller=seat.seller)
    waiting = part_of(make_order(product, is_paid=False))
    given_up = part_of(cancel_order(make_order(product, is_paid=False)))

    assert seat.client.get(page_of(waiting)).status_code == 404
    assert seat.client.get(page_of(given_up)).status_code == 404
    assert seat.client.post(page_of(waiting), {"action": "pack"}).status_code == 404


def test_open_and_done_orders_are_two_lists(seat):
    product = make_product(seller=seat.seller)
    to_do = part_of(make_order(product))
    done = make_shipped(part_of(make_order(product)))

    open_list = seat.client.get("/seller/orders/").content.decode()
    done_list = seat.client.get("/seller/orders/?show=done").content.decode()

    assert (to_do.number in open_list, done.number in open_list) == (True, False)
    assert (to_do.number in done_list, done.number in done_list) == (False, True)


def test_the_first_page_counts_what_is_to_do_and_marks_what_is_late(seat):
    product = make_product(seller=seat.seller, stock=3)
    late = part_of(make_order(product))
    SellerOrder.objects.filter(pk=late.pk).update(dispatch_by=today() - timedelta(days=1))
    services.pack(part_of(make_order(product)), by=None)

    context = seat.client.get("/seller/").context

    assert (context["workload"].to_pack, context["workload"].to_send) == (1, 1)
    assert context["low_count"] == 1
    assert context["orders"][0]["number"] == late.number
    assert [row["is_late"] for row in context["orders"]] == [True, False]
    told = [row["due_text"].split(" by ")[0] for row in context["orders"]]
    assert told == ["Late: was to be sent", "Send"]


def test_a_long_list_has_pages_that_keep_the_tab(seat, monkeypatch):
    monkeypatch.setattr("storefront.desk.views.orders.PER_PAGE", 1)
    product = make_product(seller=seat.seller)
    first = make_shipped(part_of(make_order(product)), tracking_number="A1")
    make_shipped(part_of(make_order(product)), tracking_number="A2")

    newest = seat.client.get("/seller/orders/?show=done")
    older = seat.client.get("/seller/orders/" + newest.context["page"]["next_url"])

    assert newest.context["page"]["next_url"] == "?show=done&page=2"
    assert [row["number"] for row in older.context["orders"]] == [first.number]


@pytest.mark.parametrize("wanted", ["0", "-1", "x", "99"])
def test_a_page_that_is_not_there_shows_one_that_is(seat, wanted):
    part = make_part(seat)

    response = seat.client.get("/seller/orders/", {"page": wanted})

    assert [row["number"] for row in response.context["orders"]] == [part.number]


def orders_with(seat, number):
    for _ in range(number):
        lines = [make_product(seller=seat.seller, pictures=[make_picture()]) for _ in range(2)]
        make_order(*lines)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/seller/", 7), ("/seller/orders/", 7)])
def test_a_list_costs_the_same_whatever_it_holds(
    seat, django_assert_num_queries, number, address, queries
):
    orders_with(seat, number)

    with django_assert_num_queries(queries):
        response = seat.client.get(address)

    assert len(response.context["orders"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_an_order_page_costs_the_same_whatever_it_holds(seat, django_assert_num_queries, number):
    lines = [make_product(seller=seat.seller, pictures=[make_picture()]) for _ in range(number)]
    part = make_shipped(part_of(make_order(*lines)))

    with django_assert_num_queries(11):
        response = seat.client.get(page_of(part))

    assert len(response.context["order"]["lines"]) == number
