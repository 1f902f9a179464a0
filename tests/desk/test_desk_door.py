"""Who gets in, for whom, and in which language."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.conftest import sit_down
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import make_order, part_of

pytestmark = pytest.mark.django_db
PAGES = ("/seller/", "/seller/orders/", "/seller/products/")


@pytest.mark.parametrize("address", PAGES)
def test_who_is_not_signed_in_is_asked_to_and_comes_back(client, address):
    response = client.get(f"{address}?show=done")

    assert response.status_code == 302
    assert response["Location"] == f"/en/account/login/?next={address}%3Fshow%3Ddone"


@pytest.mark.parametrize("address", PAGES)
def test_a_buyer_is_told_that_the_desk_is_not_theirs(address):
    buyer = sit_down("asha")

    response = buyer.client.get(address)

    assert response.status_code == 403
    assert "This page is not for you to open" in response.content.decode()


def test_a_buyer_reads_the_refusal_in_hindi():
    buyer = sit_down("asha")

    response = buyer.client.get("/seller/", headers={"accept-language": "hi"})

    assert response.status_code == 403
    assert '<html lang="hi">' in response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_no_page_of_the_desk_is_kept_by_anybody(seat, address):
    response = seat.client.get(address)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_the_desk_speaks_the_language_the_seller_chose(seat):
    chosen = seat.client.post("/language/", {"language": "hi", "next": "/seller/orders/"})
    response = seat.client.get(chosen["Location"])

    assert chosen["Location"] == "/seller/orders/"
    assert '<html lang="hi">' in response.content.decode()


def test_the_desk_speaks_the_browsers_language_at_first(seat):
    response = seat.client.get("/seller/", headers={"accept-language": "hi-IN,hi;q=0.9"})

    assert '<html lang="hi">' in response.content.decode()


def test_a_missing_page_of_the_desk_is_missing_and_not_moved(seat):
    assert seat.client.get("/seller/orders/ZK-XXXX-XXXX-1/").status_code == 404
    assert seat.client.get("/seller/products/0/").status_code == 404


def test_an_agent_chooses_one_of_their_sellers():
    clay, brass = make_seller("Clay House"), make_seller("Brass House")
    agent = sit_down("anil", clay, brass)

    first = agent.client.get("/seller/").content.decode()
    response = agent.client.post("/seller/switch/", {"seller": brass.pk})
    second = agent.client.get("/seller/").content.decode()

    assert "<b>Clay House</b>" in first
    assert response["Location"] == "/seller/"
    assert "<b>Brass House</b>" in second


def test_an_agent_sees_one_seller_at_a_time():
    clay, brass = make_seller("Clay House"), make_seller("Brass House")
    agent = sit_down("anil", clay, brass)
    part = part_of(make_order(make_product(seller=brass)))
    address = reverse("desk-order", args=[part.number])

    before = agent.client.get(address).status_code
    agent.client.post("/seller/switch/", {"seller": brass.pk})
    after = agent.client.get(address).status_code

    assert (before, after) == (404, 200)


@pytest.mark.parametrize("wanted", ["other", "x", "", "9" * 30])
def test_nobody_can_choose_a_seller_they_do_not_act_for(seat, other_seat, wanted):
    wanted = str(other_seat.seller.pk) if wanted == "other" else wanted

    response = seat.client.post("/seller/switch/", {"seller": wanted})

    assert response.status_code == 404
    assert "<b>Meera Potteries</b>" in seat.client.get("/seller/").content.decode()


def test_who_no_longer_acts_for_the_chosen_seller_loses_it():
    clay, brass = make_seller("Clay House"), make_seller("Brass House")
    agent = sit_down("anil", clay, brass)
    agent.client.post("/seller/switch/", {"seller": brass.pk})

    brass.users.remove(agent.user)

    assert "<b>Clay House</b>" in agent.client.get("/seller/").content.decode()


def test_a_person_with_one_seller_is_offered_no_choice(seat):
    assert "Another seller" not in seat.client.get("/seller/").content.decode()


def test_no_form_of_the_desk_works_without_its_token(seat):
    product = make_product(seller=seat.seller)
    part = part_of(make_order(product))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(seat.user)
    record = stock_record(product)

    answers = [
        strict.post("/seller/switch/", {"seller": seat.seller.pk}).status_code,
        strict.post(f"/seller/orders/{part.number}/", {"action": "pack"}).status_code,
        strict.post(
            f"/seller/products/{record.pk}/", {"free": 1, "price": 1, "version": record.version}
        ).status_code,
    ]

    assert answers == [403, 403, 403]
    assert part_of(part.order).state == "accepted"
    assert stock_record(product).version == record.version


def test_a_seller_without_a_second_factor_sets_one_up_first(seat, settings):
    settings.SECOND_FACTOR_REQUIRED = True

    response = seat.client.get("/seller/")

    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_index")
