"""The address form starts with the PIN code, fills in what it tells, and loses nothing typed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from storefront.accounts.models import User
from storefront.atlas.models import PinPrefix
from storefront.basket.session import COOKIE
from storefront.catalogue.models import Product
from storefront.order.models import Order
from tests.factories.catalogue import make_product, make_state
from tests.factories.orders import make_order
from tests.factories.purchase import address_form, make_basket, make_post

pytestmark = pytest.mark.django_db
FILLED = "We filled this in from your PIN code. Please check it."


@pytest.fixture
def product() -> Product:
    make_post()
    return make_product()


@pytest.fixture
def guest(browser_client: Client, product: Product) -> Client:
    """A guest with a piece in the basket."""
    browser_client.cookies[COOKIE] = make_basket(product).token
    return browser_client


def look_up(guest: Client, **typed: Any) -> Any:
    return guest.post(reverse("checkout"), {"look_up": "1"} | typed)


def boxes(page: Any) -> dict[str, str]:
    """Return what stands in the boxes of a page's form."""
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_a_pin_of_the_state_fills_in_district_and_state(guest: Client) -> None:
    page = look_up(guest, postcode="२२६००१")

    assert page.status_code == 200
    found = boxes(page)
    assert (found["postcode"], found["town"], found["state"]) == ("226001", "Lucknow", "09")
    assert "Lucknow, 226001" in page.content.decode()
    assert not page.context["form"].errors


def test_looking_up_shows_what_delivery_costs_there_and_when_it_comes(guest: Client) -> None:
    page = look_up(guest, postcode="110001").content.decode()

    assert "₹1,540" in page  # 1,450 and 90 to another state
    assert "₹1,510" not in page


def test_looking_up_keeps_all_that_was_typed(guest: Client) -> None:
    typed = address_form(town="Gomti Nagar", line2="<i>near the well</i>", phone="98")

    page = look_up(guest, **typed)

    kept = boxes(page)
    assert {name: kept[name] for name in typed if name != "expected_total"} == {
        name: text for name, text in typed.items() if name != "expected_total"
    }
    assert b"<i>near" not in page.content
    assert not Order.objects.exists()


def test_another_pin_changes_the_town_that_was_filled_in_and_a_state_that_cannot_be(
    guest: Client,
) -> None:
    first = boxes(look_up(guest, postcode="226001"))

    found = boxes(look_up(guest, **(first | {"postcode": "110001"})))

    assert (found["town"], found["state"]) == ("", "07")


def test_a_town_typed_by_hand_stays_when_the_pin_changes(guest: Client) -> None:
    typed = boxes(look_up(guest, postcode="110001")) | {"town": "Delhi", "postcode": "226001"}

    assert boxes(look_up(guest, **typed))["town"] == "Delhi"


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        ("", "A PIN code has six digits"),
        ("2260", "A PIN code has six digits"),
        ("999999", "We know no post office with this PIN code."),
    ],
)
def test_a_pin_that_is_none_is_told_beside_it(guest: Client, pin: str, words: str) -> None:
    page = look_up(guest, postcode=pin, town="Lucknow")

    assert words in page.content.decode()
    assert boxes(page)["town"] == "Lucknow"
    assert "zila_pin" not in page.cookies


def test_a_pin_in_two_states_leaves_the_choice_to_the_buyer(guest: Client) -> None:
    PinPrefix.objects.create(prefix="110", state=make_state("09"))

    nothing, chosen = (look_up(guest, postcode="110001", state=state) for state in ("", "09"))

    assert boxes(nothing)["state"] == ""
    assert boxes(chosen)["state"] == "09"


def test_an_order_without_town_and_state_is_filled_in_and_shown_to_be_checked(
    guest: Client,
) -> None:
    page = guest.post(reverse("checkout"), address_form(town="", state=""))

    assert page.status_code == 422
    assert page.content.decode().count(f">{FILLED}<") == 2
    filled = boxes(page)
    assert (filled["town"], filled["state"], filled["name"]) == ("Lucknow", "09", "Asha Verma")
    assert not Order.objects.exists()

    again = guest.post(reverse("checkout"), address_form())

    assert again.status_code == 302
    assert Order.objects.get().shipping_address.line4 == "Lucknow"


def test_the_remembered_pin_is_filled_in_at_the_first_look(guest: Client) -> None:
    guest.cookies["zila_pin"] = "110001"

    page = guest.get(reverse("checkout"))

    assert (boxes(page)["postcode"], boxes(page)["state"]) == ("110001", "07")
    assert "₹1,540" in page.content.decode()


def test_what_was_looked_up_is_remembered(guest: Client) -> None:
    look_up(guest, postcode="110001")

    assert guest.cookies["zila_pin"].value == "110001"


def test_the_pin_is_the_first_box_of_the_page(guest: Client) -> None:
    page = guest.get(reverse("checkout")).content.decode()

    names = ["postcode", "town", "state", "line1", "line2", "name", "phone", "email"]
    places = [page.index(f'id="id_{name}"') for name in names]
    assert places == sorted(places)


def test_where_earlier_orders_went_can_be_chosen(browser_client: Client, product: Product) -> None:
    member = User.objects.create_user("asha@example.org", "a-long-password-1")
    make_order(product, user=member, line1="3 Aminabad")
    make_order(product, user=member)
    make_order(product, user=member)
    make_order(product, user=User.objects.create_user("ila@example.org", "a-long-password-1"))
    browser_client.force_login(member)
    browser_client.post(reverse("basket-add"), {"product_id": product.pk, "quantity": 1})

    first = browser_client.get(reverse("checkout"))

    shown = first.context["addresses"]
    assert [each["text"] for each in shown] == [
        "Asha Verma, 12 Hazratganj, Lucknow 226001, Uttar Pradesh",
        "Asha Verma, 3 Aminabad, Lucknow 226001, Uttar Pradesh",
    ]
    assert boxes(first)["line1"] == "12 Hazratganj"
    chosen = boxes(browser_client.post(reverse("checkout"), {"address": shown[1]["id"]}))
    assert (chosen["line1"], chosen["state"], chosen["phone"]) == (
        "3 Aminabad",
        "09",
        "+919876543210",
    )


def test_nobody_elses_address_can_be_chosen(browser_client: Client, product: Product) -> None:
    theirs = make_order(product).shipping_address
    member = User.objects.create_user("ila@example.org", "a-long-password-1")
    browser_client.force_login(member)
    browser_client.post(reverse("basket-add"), {"product_id": product.pk, "quantity": 1})

    page = browser_client.post(reverse("checkout"), {"address": theirs.pk})

    assert page.status_code == 200
    assert boxes(page)["line1"] == ""
    assert b"Hazratganj" not in page.content


def test_a_guest_can_sign_in_from_here_and_comes_back(guest: Client) -> None:
    page = guest.get("/hi/checkout/").content.decode()

    assert 'href="/hi/account/login/?next=/hi/checkout/"' in page
