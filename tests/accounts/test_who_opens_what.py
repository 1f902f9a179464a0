"""The demo log-ins, each signed in with its own password, at every door of the shop."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.pages.stories import StoryIndexPage
from fixtures import content
from fixtures.people import load_people, users_of_seller
from tests.factories.catalogue import make_district, make_product, make_seller, stock_record
from tests.factories.orders import make_order, make_shipped, part_of
from tests.factories.payouts import make_exported, make_owed

pytestmark = pytest.mark.django_db
IN, SIGN_IN, NO = 200, 302, 403
NOBODY = "nobody"
WHO = (NOBODY, *(person.email.partition("@")[0] for person in content.people()))
WRITERS = {"editor", "correspondent", "moderator"}
SELLERS = {"seller", "seller2", "agent"}
# Who comes in; others are told that it is not theirs, or to sign in.
DOORS = {
    "/en/shop/": set(WHO),
    "/en/basket/": set(WHO),
    "/en/account/": set(WHO) - {NOBODY},
    "/en/account/2fa/": set(WHO) - {NOBODY},
    "/cms/": WRITERS,
    "/cms/pages/": WRITERS,
    "/cms/stories/": WRITERS,
    "/cms/images/": WRITERS,
    "/cms/reports/workflow/": WRITERS,
    "/seller/": SELLERS,
    "/seller/orders/": SELLERS,
    "/seller/products/": SELLERS,
    "/seller/money/": SELLERS,
    "/seller/money/?show=paid": SELLERS,
    "/dashboard/": {"staff"},
    "/dashboard/orders/": {"staff"},
    "/dashboard/catalogue/": {"staff"},
    "/dashboard/users/": {"staff"},
    "/dashboard/ways-to-pay/": {"staff"},
    "/dashboard/money/": {"staff"},
    "/dashboard/payouts/": {"staff"},
    "/api/v1/districts": set(WHO),
    "/api/v1/products": set(WHO),
    "/api/v1/stories": set(WHO),
}
# Doors inside /cms/ that are only for some of those who write; Wagtail leads the others home.
INNER_DOORS = {
    "/cms/correspondents/": {"moderator"},
    "/cms/users/": set(),
    "/cms/groups/": set(),
    "/cms/sites/": set(),
}


@pytest.fixture(autouse=True)
def _town() -> None:
    make_district("Banda", "बाँदा")
    load_people()
    for key in ("agra-a", "lucknow-a", "varanasi-a", "bhadohi-a"):
        make_seller(key, users=users_of_seller(key))


def signed_in(who: str) -> Client:
    """Sign a demo person in the way a visitor does."""
    client = Client()
    for person in content.people():
        if person.email == f"{who}@example.org":
            typed = {"login": person.email, "password": person.password}
            answer = client.post("/en/account/login/", typed)
            assert answer["Location"] == "/en/account/"
    return client


@pytest.mark.parametrize("who", WHO)
def test_each_comes_in_where_they_work_and_nowhere_else(who: str) -> None:
    client = signed_in(who)

    told = {door: client.get(door).status_code for door in DOORS}

    refused = SIGN_IN if who == NOBODY else NO
    assert told == {door: IN if who in insiders else refused for door, insiders in DOORS.items()}


@pytest.mark.parametrize("who", sorted(WRITERS))
def test_each_who_writes_finds_the_rooms_that_are_theirs(who: str) -> None:
    client = signed_in(who)

    told = {door: client.get(door).status_code for door in INNER_DOORS}

    assert told == {door: IN if who in insiders else 302 for door, insiders in INNER_DOORS.items()}


@pytest.mark.parametrize(
    ("who", "districts"), [("editor", 2), ("correspondent", 1), ("moderator", 2)]
)
def test_each_who_writes_begins_a_story(who: str, districts: int) -> None:
    stories = StoryIndexPage.objects.get(locale__language_code="hi")
    make_district()  # besides Banda

    page = signed_in(who).get(
        reverse("wagtailadmin_pages:add", args=["cms", "storypage", stories.pk])
    )

    assert page.context["form"].fields["district"].queryset.count() == districts


def test_a_seller_and_an_agent_see_their_own_names() -> None:
    names = {who: signed_in(who).get("/seller/").context["desk"] for who in sorted(SELLERS)}

    assert {who: (desk["seller_name"], desk["has_choice"]) for who, desk in names.items()} == {
        "agent": ("varanasi-a", True),
        "seller": ("agra-a", False),
        "seller2": ("lucknow-a", False),
    }


def test_a_payout_opens_to_staff_as_a_batch_and_to_its_seller_as_a_statement() -> None:
    [user] = users_of_seller("agra-a")
    make_owed(user.partners.get())
    payout = make_exported().payouts.get()
    addresses = (
        f"/dashboard/payouts/{payout.batch_id}/",
        f"/dashboard/payouts/{payout.batch_id}/{payout.pk}/",
        f"/seller/money/{payout.pk}/",
    )

    told = {who: [signed_in(who).get(door).status_code for door in addresses] for who in WHO}

    refused = {who: [NO, NO, NO] for who in WHO} | {NOBODY: [SIGN_IN] * 3}
    inside = {"staff": [IN, IN, NO], "seller": [NO, NO, IN]}
    others = {"seller2": [NO, NO, 404], "agent": [NO, NO, 404]}
    assert told == refused | inside | others


@pytest.mark.parametrize("who", WHO)
def test_whoever_has_the_orders_link_says_that_it_arrived_and_nobody_without(who: str) -> None:
    client, part = signed_in(who), make_shipped(part_of(make_order(make_product())))
    rest = f"parts/{part.number}/arrived"

    told = {
        door: client.post(door).status_code
        for door in (
            f"/en/orders/made-up/{rest}/",
            f"/api/v1/orders/made-up/{rest}",
            f"/seller/orders/{part.number}/",
        )
    }
    before = part_of(part.order).state
    answer = client.post(f"/en/orders/{part.order.token}/{rest}/")

    desk = SIGN_IN if who == NOBODY else 404 if who in SELLERS else NO
    assert list(told.values()) == [404, 404, desk]
    assert (before, part_of(part.order).state) == ("shipped", "delivered")
    assert (answer.status_code, answer["Location"]) == (302, f"/en/orders/{part.order.token}/")


def test_the_second_seller_finds_nothing_of_the_first() -> None:
    [user] = users_of_seller("agra-a")
    product = make_product(seller=user.partners.get())
    part = part_of(make_order(product))
    addresses = (
        f"/seller/orders/{part.number}/",
        f"/seller/products/{stock_record(product).pk}/",
    )

    told = {
        who: [signed_in(who).get(address).status_code for address in addresses]
        for who in ("seller", "seller2", "agent", "buyer", "staff")
    }

    assert told == {
        "seller": [200, 200],
        "seller2": [404, 404],
        "agent": [404, 404],
        "buyer": [403, 403],
        "staff": [403, 403],
    }
