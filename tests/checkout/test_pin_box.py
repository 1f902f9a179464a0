"""What a product's page says to a PIN code: when it arrives, for how much, and cash at the door."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from storefront.atlas.models import PinPrefix
from storefront.atlas.queries import pin_facts
from storefront.catalogue.models import Product
from storefront.catalogue.rules import Box
from storefront.catalogue.services import withdraw
from storefront.checkout.queries import promise
from storefront.core.clock import today
from storefront.partner.rules import SellerKind
from storefront.payment.services.terms import add_pin
from storefront.shipping.models import ShippingRate
from storefront.shipping.rules import Zone
from tests.factories.cash import make_terms
from tests.factories.catalogue import make_product, make_seller, make_state
from tests.factories.purchase import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()
    make_terms()


def address_of(product: Product) -> str:
    return reverse("product-delivery", args=[product.slug, product.pk])


def answer_to(client: Client, product: Product, pin: str) -> str:
    """Return the answer alone, as the page's script asks for it."""
    found = client.get(address_of(product), {"pin": pin}, headers={"X-Part": "answer"})
    return found.content.decode()


def test_a_known_pin_gets_the_days_the_charge_and_cash(client: Client) -> None:
    product = make_product()
    [rate] = ShippingRate.objects.filter(zone=Zone.STATE)

    answer = answer_to(client, product, "226001")

    facts = pin_facts("226001")
    promised = promise(product.pk, facts, today=today())
    assert promised is not None
    assert promised.quote is not None
    assert promised.quote.charge == rate.charge
    assert f"Arrives {promised.days_text} in Lucknow, 226001" in answer
    assert "Delivery ₹60. Cash on delivery is possible." in answer


def test_the_answer_is_in_the_readers_language(client: Client) -> None:
    with override("hi"):
        answer = answer_to(client, make_product(), "२२६ ००१")

    assert "लखनऊ, 226001 में" in answer
    assert "सामान मिलने पर नक़द दे सकते हैं।" in answer


def test_another_state_costs_what_its_zone_costs(client: Client) -> None:
    assert "Delivery ₹90." in answer_to(client, make_product(), "110001")


def test_a_bulky_piece_costs_what_its_room_costs(client: Client) -> None:
    box = Box(Decimal(50), Decimal(30), Decimal(20))  # 6 kg, two parcels up to 5 kg

    answer = answer_to(client, make_product(weight_g=900, box=box), "226001")

    assert "Delivery ₹120." in answer


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        ("12", "A PIN code has six digits and does not start with 0."),
        ("012345", "A PIN code has six digits and does not start with 0."),
        ("<b>x</b>", "A PIN code has six digits and does not start with 0."),
        ("999999", "We know no post office with this PIN code. Please check it."),
    ],
)
def test_a_wrong_pin_is_told_what_a_pin_is_and_not_remembered(
    client: Client, pin: str, words: str
) -> None:
    product = make_product()

    answer = answer_to(client, product, pin)

    assert words in answer
    assert "Arrives" not in answer
    assert not client.cookies


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"price": "4990.00"}, "Only orders up to ₹5,000 can be paid at the door."),
        ({"lead_days": 10}, "Something in this order is made for you, so it is paid before."),
    ],
)
def test_cash_is_refused_by_the_checkouts_own_rule(
    client: Client, facts: dict[str, Any], words: str
) -> None:
    answer = answer_to(client, make_product(**facts), "226001")

    assert words in answer
    assert "Cash on delivery" not in answer


def test_a_listed_pin_takes_no_cash(client: Client) -> None:
    add_pin("226001", by=None)

    assert "No courier takes cash at PIN 226001." in answer_to(client, make_product(), "226001")


def test_what_cash_costs_is_told(client: Client) -> None:
    make_terms(valid_from=today(), cash_fee=Decimal(40))

    answer = answer_to(client, make_product(), "226001")

    assert "Cash on delivery is possible, for ₹40 more." in answer


def test_who_may_sell_only_at_home_does_not_promise_more(client: Client) -> None:
    product = make_product(seller=make_seller("Lota House", kind=SellerKind.ENROLLED))

    near, far = (answer_to(client, product, pin) for pin in ("226001", "110001"))

    assert "Delivery ₹60." in near
    assert "Lota House may only sell inside their own state, so not to Delhi, 110001." in far


def test_where_a_pin_lies_in_two_states_the_slower_counts(client: Client) -> None:
    PinPrefix.objects.create(prefix="110", state=make_state("09"))
    ShippingRate.objects.filter(zone=Zone.INDIA).update(days_max=9)

    answer = answer_to(client, make_product(), "110001")

    assert "Delivery ₹90." in answer
    assert "Delhi / Uttar Pradesh, 110001" in answer


def test_without_rates_the_buyer_is_told_instead_of_an_error(client: Client) -> None:
    ShippingRate.objects.all().delete()

    answer = answer_to(client, make_product(), "226001")

    assert "We cannot say at the moment. Please try again later." in answer


def test_without_script_the_products_own_page_comes_with_the_answer(client: Client) -> None:
    product = make_product()

    page = client.get(address_of(product), {"pin": "226001"})

    text = page.content.decode()
    assert "Arrives" in text
    assert 'value="226001"' in text
    assert "Add to basket" in text
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"


def test_the_last_pin_is_remembered_by_the_browser_and_asked_again(client: Client) -> None:
    first, other = make_product(), make_product()
    answer_to(client, first, "226001")

    page = client.get(address_of(other)).content.decode()

    assert client.cookies["zila_pin"].value == "226001"
    assert "in Lucknow, 226001" in page


def test_a_public_page_knows_nothing_of_the_remembered_pin(client: Client) -> None:
    product = make_product()
    client.cookies["zila_pin"] = "226001"

    page = client.get(product.get_absolute_url())

    assert b"226001" not in page.content
    assert page["Cache-Control"].startswith("public")
    assert "cookie" not in page.get("Vary", "").lower()
    assert not page.cookies


def test_nothing_asked_and_nothing_remembered_is_an_empty_box(client: Client) -> None:
    page = client.get(address_of(make_product())).content.decode()

    assert "Delivery to PIN code" in page
    assert "Arrives" not in page
    assert "A PIN code has six digits" not in page


def test_a_product_that_is_gone_or_renamed_leads_to_its_page(client: Client) -> None:
    gone, named = make_product(), make_product()
    withdraw(gone)

    for address in (address_of(gone), f"/en/shop/old-name-{named.pk}/delivery/"):
        assert client.get(address, {"pin": "226001"}).status_code == 302
    assert client.get("/en/shop/none-987654/delivery/").status_code == 404


def test_the_promise_takes_four_queries_besides_the_rates(
    django_assert_num_queries: Any,
) -> None:
    product = make_product()
    facts = pin_facts("226001")
    promise(product.pk, facts, today=today())

    with django_assert_num_queries(4):
        promise(product.pk, facts, today=today())
