"""Staff's dashboard is Oscar's: every page of it must open beside our own shop."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from oscar.core.loading import get_model

from storefront.accounts.models import User
from storefront.order.models import Order
from tests.dashboard.lists import opens_oscars_lists
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order

pytestmark = [
    pytest.mark.django_db,
    opens_oscars_lists,
]
Range, Benefit, Condition = (get_model("offer", name) for name in ("Range", "Benefit", "Condition"))
ConditionalOffer = get_model("offer", "ConditionalOffer")
Review = get_model("reviews", "ProductReview")
ELSEWHERE = re.compile(r'(?:src|href|action)="(?:https?:)?//')

# These lead on to another page when nothing is chosen yet.
LEADS_ON = {"catalogue-product-create", "offer-condition", "offer-benefit", "offer-restrictions"}
# These do nothing without a choice of products, or answer scripts.
NO_PAGE = {"catalogue-product-bulk-action", "catalogue-product-lookup"}
OVER_TIME = ("order_report", "open_baskets", "submitted_baskets")
REPORTS = (*OVER_TIME, "product_analytics", "user_analytics", "vouchers", "conditional-offers")


def _plain_names() -> list[str]:
    """Return the dashboard's addresses that take no argument."""
    namespaces = get_resolver().namespace_dict
    addresses = namespaces["dashboard"][1].reverse_dict
    names = {name for name in addresses if isinstance(name, str)}
    plain = {
        name
        for name in names
        if any(not params for known in addresses.getlist(name) for _, params in known[0])
    }
    return sorted(plain - NO_PAGE)


@pytest.fixture
def staff() -> Client:
    User.objects.create_superuser(email="staff@example.org", password="a long enough one")
    client = Client()
    client.force_login(User.objects.get(email="staff@example.org"))
    return client


@pytest.fixture
def order() -> Order:
    return make_order(make_product(title_en="Brass lota"), quantity=2)


def opened(client: Client, address: str) -> str:
    """Return the page's text; it opens and asks nothing of another site."""
    answer = client.get(address)
    text = answer.content.decode()
    assert answer.status_code == 200, address
    assert not ELSEWHERE.search(text), address
    return text


def make_offer() -> Any:
    everything = Range.objects.create(name="Everything", includes_all_products=True)
    condition = Condition.objects.create(range=everything, type="Count", value=1)
    benefit = Benefit.objects.create(range=everything, type="Percentage", value=Decimal(10))
    return ConditionalOffer.objects.create(
        name="Diwali", condition=condition, benefit=benefit, offer_type="Site"
    )


def make_review(order: Order) -> Any:
    return Review.objects.create(
        product=order.lines.get().product,
        title="Rings true",
        body="It rings when you tap it.",
        score=5,
        user=User.objects.get(),
    )


@pytest.mark.parametrize("name", _plain_names())
def test_a_page_that_needs_no_choice_opens(staff: Client, order: Order, name: str) -> None:
    make_offer()
    make_review(order)
    address = reverse(f"dashboard:{name}")

    if name in LEADS_ON:
        assert staff.get(address).status_code == 302
    else:
        opened(staff, address)


def test_the_list_of_addresses_is_not_empty() -> None:
    assert {"index", "order-list", "partner-list", "voucher-list"} <= set(_plain_names())


def test_an_order_shows_its_lines_and_its_buyer(staff: Client, order: Order) -> None:
    listed = opened(staff, reverse("dashboard:order-list"))
    page = opened(staff, reverse("dashboard:order-detail", args=[order.number]))

    assert order.number in listed
    assert "Brass lota" in page
    assert "12 Hazratganj" in page
    assert "asha@example.org" in page


def test_a_line_and_the_address_of_an_order_open(staff: Client, order: Order) -> None:
    line = order.lines.get()

    assert "Brass lota" in opened(
        staff, reverse("dashboard:order-line-detail", args=[order.number, line.pk])
    )
    assert "226001" in opened(
        staff, reverse("dashboard:order-shipping-address", args=[order.number])
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("98765 43210", "+919876543210"),
        ("+91 98765 43210", "+919876543210"),
        ("12", "+919876500001"),
    ],
)
def test_the_phone_of_an_orders_address_is_corrected_and_a_wrong_one_refused(
    staff: Client, order: Order, typed: str, kept: str
) -> None:
    address = order.shipping_address
    assert address is not None
    type(address).objects.update(phone_number="+919876500001")
    address.refresh_from_db()
    told = {field.name: field.value_from_object(address) or "" for field in address._meta.fields}

    answer = staff.post(
        reverse("dashboard:order-shipping-address", args=[order.number]),
        told | {"phone_number": typed},
    )

    address.refresh_from_db()
    assert address.phone_number == kept
    assert answer.status_code == (302 if typed != "12" else 200)


def test_a_product_its_seller_and_its_buyer_open(staff: Client, order: Order) -> None:
    product = order.lines.get().product
    assert product is not None
    seller = product.stockrecords.get().partner

    assert "Brass lota" in opened(staff, reverse("dashboard:catalogue-product", args=[product.pk]))
    assert seller.name in opened(staff, reverse("dashboard:partner-manage", args=[seller.pk]))
    person = User.objects.get()
    assert person.email in opened(staff, reverse("dashboard:user-detail", args=[person.pk]))


def test_an_offer_a_range_and_a_review_open(staff: Client, order: Order) -> None:
    offer, review = make_offer(), make_review(order)

    for name, pk in (
        ("offer-detail", offer.pk),
        ("offer-metadata", offer.pk),
        ("range-update", offer.benefit.range.pk),
        ("range-products", offer.benefit.range.pk),
        ("reviews-update", review.pk),
    ):
        opened(staff, reverse(f"dashboard:{name}", args=[pk]))
    assert "Rings true" in opened(staff, reverse("dashboard:reviews-list"))


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_opens(staff: Client, order: Order, report: str) -> None:
    dates = "&date_from=2020-01-01&date_to=2040-01-01" if report in OVER_TIME else ""

    page = opened(staff, f"{reverse('dashboard:reports-index')}?report_type={report}{dates}")

    assert "errorlist" not in page


def test_who_is_no_staff_is_kept_out(client: Client, order: Order) -> None:
    address = reverse("dashboard:order-detail", args=[order.number])
    assert client.get(address)["Location"] == f"/en/account/login/?next={address}"

    client.force_login(User.objects.create_user(email="buyer@example.org", password="x" * 12))
    assert client.get(address).status_code == 403


def test_staff_show_a_review_and_change_none_of_its_words(staff: Client, order: Order) -> None:
    review = make_review(order)
    address = reverse("dashboard:reviews-update", args=[review.pk])

    staff.post(address, {"status": Review.REJECTED, "score": 1, "title": "Bad", "body": "Bad."})

    fresh = Review.objects.get(pk=review.pk)
    assert fresh.status == Review.REJECTED
    assert (fresh.score, fresh.title, fresh.body) == (review.score, review.title, review.body)
