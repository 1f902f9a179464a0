"""What a buyer reads about an order: on its own page, and in the list of the account."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from storefront.accounts.models import User
from storefront.order.models import Order, SellerOrder
from storefront.order.rules import Why
from tests.factories.cash import on_the_road, order_cash
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import make_order, make_shipped, part_of
from tests.factories.payouts import dispute, sell, take_back

pytestmark = pytest.mark.django_db


def test_the_order_says_where_the_parcels_go_down_to_pin_and_state(client: Client) -> None:
    order = make_order(make_product())

    page = client.get(f"/en/orders/{order.token}/").content.decode()

    assert "Lucknow 226001<br>Uttar Pradesh<br>" in page


def test_a_part_says_by_when_it_leaves_until_it_has_left(client: Client) -> None:
    part = part_of(make_order(make_product()))
    SellerOrder.objects.filter(pk=part.pk).update(dispatch_by=date(2026, 12, 1))

    before = client.get(f"/en/orders/{part.order.token}/").content.decode()
    make_shipped(part)
    after = client.get(f"/en/orders/{part.order.token}/").content.decode()

    assert "The seller sends it by 1 December 2026." in before
    assert "The seller sends it by" not in after


@pytest.mark.parametrize(("language", "label"), [("en", "Confirmed"), ("hi", "पक्का")])
def test_the_account_lists_an_order_with_its_state_in_a_word(
    client: Client, language: str, label: str
) -> None:
    member = User.objects.create_user("asha@example.org", "a-long-password-1")
    make_order(make_product(), user=member)
    client.force_login(member)

    page = client.get(f"/{language}/account/").content.decode()

    assert f'<span class="badge badge--ok">{label}</span>' in page


def send(order: Order) -> SellerOrder:
    return make_shipped(part_of(order))


def page_of(client: Client, order: Order, language: str = "en") -> str:
    return client.get(f"/{language}/orders/{order.token}/").content.decode()


def say_arrived(client: Client, part: SellerOrder, language: str = "en") -> Any:
    address = f"/{language}/orders/{part.order.token}/parts/{part.number}/arrived/"
    return client.post(address, follow=True)


@pytest.mark.parametrize(
    ("language", "button", "text"),
    [
        ("en", "It has arrived", "It counts as arrived on 12 December 2026 if you say nothing."),
        (
            "hi",
            "पार्सल मिल गया",
            "आप कुछ न बताएँ, तो 12 दिसंबर 2026 को इसे पहुँचा हुआ माना जाएगा।",
        ),
    ],
)
def test_a_parcel_on_its_way_has_a_button_and_the_day_it_counts_as_arrived(
    client: Client, language: str, button: str, text: str
) -> None:
    part = send(make_order(make_product()))
    # Late on the 29th in London it is the 30th in India.
    part.parcels.update(shipped_at=datetime(2026, 11, 29, 20, 0, tzinfo=UTC))

    page = page_of(client, part.order, language)

    assert button in page
    assert text in page


def test_the_button_writes_down_that_it_arrived_once_and_goes_away(client: Client) -> None:
    member = User.objects.create_user("asha@example.org", "a-long-password-1")
    part = send(make_order(make_product()))
    client.force_login(member)

    first = say_arrived(client, part)
    again = say_arrived(client, part)

    for answer in (first, again):
        assert answer.redirect_chain == [(f"/en/orders/{part.order.token}/", 302)]
        assert "Thank you for telling us." in answer.content.decode()
        assert "Your order has arrived" in answer.content.decode()
        assert "It has arrived" not in answer.content.decode()
    moves = part.moves.filter(new="delivered")
    assert list(moves.values_list("reason", "by")) == [("the buyer said so", member.pk)]


def test_only_the_part_that_was_sent_has_the_button(client: Client) -> None:
    brass, clay = make_product(seller=make_seller()), make_product(seller=make_seller())
    order = make_order(brass, clay)
    part = make_shipped(part_of(order, stock_record(brass).partner))

    page = page_of(client, order)

    assert page.count("It has arrived") == 1
    assert f"/parts/{part.number}/arrived/" in page


def test_what_has_not_left_is_refused_in_words_on_the_orders_page(client: Client) -> None:
    part = part_of(make_order(make_product()))

    answer = say_arrived(client, part)

    assert answer.status_code == 409
    assert "This parcel has not left yet." in answer.content.decode()
    assert "It has arrived" not in answer.content.decode()
    assert part_of(part.order).state == "accepted"


def test_while_the_payment_is_questioned_there_is_no_button_and_the_form_is_refused(
    client: Client,
) -> None:
    part = send(sell(make_product()))
    dispute(part)

    page = page_of(client, part.order)
    answer = say_arrived(client, part)

    assert "It has arrived" not in page
    assert (answer.status_code, part_of(part.order).state) == (409, "shipped")
    assert "The payment is being questioned." in answer.content.decode()


def test_a_parcel_with_cash_to_collect_has_no_button_and_the_form_is_refused(
    client: Client,
) -> None:
    part = on_the_road(order_cash(make_product())).seller_order

    page = page_of(client, part.order)
    answer = say_arrived(client, part)

    assert "It has arrived" not in page
    assert (answer.status_code, part_of(part.order).state) == (409, "shipped")
    assert "when the courier has taken your cash" in answer.content.decode()


def test_a_parcel_of_which_all_pieces_were_paid_back_has_no_button(client: Client) -> None:
    part = send(sell(make_product()))
    take_back(part, why=Why.NOT_ARRIVED)

    assert "It has arrived" not in page_of(client, part.order)


def test_another_orders_part_is_not_there(client: Client) -> None:
    mine, theirs = make_order(make_product()), send(make_order(make_product()))

    answer = client.post(f"/en/orders/{mine.token}/parts/{theirs.number}/arrived/")

    assert answer.status_code == 404
    assert part_of(theirs.order).state == "shipped"


def test_who_opens_the_forms_address_is_led_to_the_order(client: Client) -> None:
    part = send(make_order(make_product()))

    answer = client.get(f"/en/orders/{part.order.token}/parts/{part.number}/arrived/")

    assert (answer.status_code, answer["Location"]) == (302, f"/en/orders/{part.order.token}/")
    assert part_of(part.order).state == "shipped"


def test_a_form_from_elsewhere_says_nothing() -> None:
    part = send(make_order(make_product()))

    answer = say_arrived(Client(enforce_csrf_checks=True), part)

    assert answer.status_code == 403
    assert part_of(part.order).state == "shipped"


@pytest.mark.usefixtures("season_is_known")
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_sent_order_costs_the_same_whatever_it_holds(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    products = [make_product(seller=make_seller()) for _ in range(count)]
    order = make_order(*products)
    for number, product in enumerate(products):
        seller = stock_record(product).partner
        make_shipped(part_of(order, seller), tracking_number=f"EU{number}IN")

    with django_assert_num_queries(7):
        page = page_of(client, order)

    assert page.count("It has arrived") == count
