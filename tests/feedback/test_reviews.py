"""Reviews: by buyers who have the piece, once each, read by staff."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from storefront.accounts.models import User
from storefront.catalogue.models import Product
from storefront.catalogue.queries import product_page
from storefront.core.clock import now
from storefront.feedback import services
from storefront.feedback.models import ProductReview
from storefront.feedback.queries import bought_by, has_bought, said_of_product
from storefront.feedback.services import Words, write_review
from storefront.fulfilment.services import say_arrived
from storefront.media.models import Picture
from storefront.order.rules import Asker, Why
from storefront.payment.services import cancel
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order, make_shipped, part_of
from tests.factories.people import confirm_address
from tests.feedback.reviewing import GOOD, approve, deliver, photo
from tests.payment.cancelling.steps import wish

pytestmark = pytest.mark.django_db


def test_who_has_it_may_write(asha: User, lota: Product):
    order = make_order(lota, user=asha)
    assert not has_bought(asha, lota)
    part = make_shipped(part_of(order))
    assert not has_bought(asha, lota)
    say_arrived(part, by=None, now=now())

    assert has_bought(asha, lota)


def test_who_has_it_not_is_refused(asha: User, lota: Product):
    with pytest.raises(services.NotBought):
        write_review(asha, lota, words=GOOD)
    assert ProductReview.objects.count() == 0


def test_a_guests_order_counts_once_the_address_is_shown_to_be_theirs(asha: User, lota: Product):
    deliver(lota, email="Asha@example.org")
    assert not has_bought(asha, lota)
    confirm_address(asha)

    assert has_bought(asha, lota)


def test_what_was_taken_back_cannot_be_reviewed(asha: User, lota: Product):
    order = make_order(lota, user=asha, quantity=2)
    say_arrived(make_shipped(part_of(order)), by=None, now=now())
    for key, is_still_theirs in (("one", True), ("two", False)):
        line = order.lines.get()
        cancel(order, wish=wish(Asker.STAFF, pieces={line.pk: 1}, why=Why.FAULTY, key=key))

        assert has_bought(asha, lota) == is_still_theirs


def test_a_review_is_shown_when_staff_have_read_it(client: Client, asha: User, lota: Product):
    deliver(lota, user=asha)
    review = write_review(asha, lota, words=GOOD, photos=[photo()])
    assert "It rings" not in client.get(lota.get_absolute_url()).content.decode()
    approve(review)

    page = client.get(lota.get_absolute_url())

    html = page.content.decode()
    assert "It rings when you tap it." in html
    assert "5.0 of 5, from 1 review" in html
    assert "A buyer&#x27;s photo: Brass lota" in html
    assert page["Cache-Control"].startswith("public")


def test_writing_again_changes_the_one_review_and_it_is_read_again(asha: User, lota: Product):
    deliver(lota, user=asha)
    approve(write_review(asha, lota, words=GOOD))
    lota.refresh_from_db()
    assert lota.rating == 5

    write_review(asha, lota, words=Words(2, "", "The handle came off."))

    review = ProductReview.objects.get()
    lota.refresh_from_db()
    assert (review.score, review.status) == (2, ProductReview.FOR_MODERATION)
    assert lota.rating is None
    assert said_of_product(lota.pk).count == 0


def test_counting_stars_writes_nothing_else_of_a_product(asha: User, lota: Product):
    deliver(lota, user=asha)
    review = write_review(asha, lota, words=GOOD)
    known_before = review.product
    Product.objects.filter(pk=lota.pk).update(lead_days=9)

    review.product = known_before
    approve(review)

    assert Product.objects.get(pk=lota.pk).lead_days == 9


def test_a_review_can_be_deleted_with_its_photos(asha: User, lota: Product):
    deliver(lota, user=asha)
    approve(write_review(asha, lota, words=GOOD, photos=[photo()]))

    for _ in range(2):
        services.take_back_review(asha, lota)

    lota.refresh_from_db()
    assert (ProductReview.objects.count(), Picture.objects.count()) == (0, 0)
    assert lota.rating is None


def test_a_buyer_writes_through_the_form(client: Client, asha: User, lota: Product):
    deliver(lota, user=asha)
    client.force_login(asha)
    address = f"/en/account/reviews/{lota.pk}/"
    upload = SimpleUploadedFile("x.jpg", photo(), "image/jpeg")

    listed = client.get("/en/account/reviews/").content.decode()
    bad = client.post(address, {"score": "6", "body": ""})
    good = client.post(address, {"score": "4", "body": "Fine.", "photos": [upload]}, follow=True)
    again = client.get(address).content.decode()
    hindi = client.get(address.replace("/en/", "/hi/")).content.decode()

    assert address in listed
    assert bad.status_code == 422
    assert "We are reading it" in good.content.decode()
    assert "Remove photo 1" in again
    assert "4 सितारे" in hindi
    client.post(address, {"take_back": "1"})
    assert ProductReview.objects.count() == 0


def test_nobody_else_gets_the_form(client: Client, asha: User, lota: Product):
    deliver(lota, user=asha)
    client.force_login(User.objects.create_user("ravi@example.org", "a long pass phrase"))

    assert client.get(f"/en/account/reviews/{lota.pk}/").status_code == 404


def test_all_reviews_are_on_a_page_that_sorts(client: Client, lota: Product):
    for score in (3, 5, 1):
        user = User.objects.create_user(f"b{score}@example.org", "pw", first_name=f"B{score}")
        lota.reviews.create(user=user, score=score, title=f"says {score}", body="…", status=1)
    address = f"/en/shop/{lota.slug}-{lota.pk}/reviews/"

    def order(sort: str) -> list[int]:
        html = client.get(f"{address}?sort={sort}").content.decode()
        return sorted((3, 5, 1), key=lambda score: html.index(f"says {score}"))

    assert order("highest") == [5, 3, 1]
    assert order("lowest") == [1, 3, 5]
    assert order("newest") == order("nonsense") == [1, 5, 3]
    assert client.get(f"{address}?page=99").status_code == 302
    assert client.get(f"/en/shop/other-{lota.pk}/reviews/")["Location"] == address
    page = client.get(address)
    assert page["Cache-Control"].startswith("public")
    assert not page.cookies


@pytest.mark.parametrize("number", [1, 3])
def test_what_was_said_costs_two_queries_however_much(
    number: int, lota: Product, django_assert_num_queries: Any
):
    for index in range(number):
        user = User.objects.create_user(f"b{index}@example.org", "a long pass phrase")
        deliver(lota, user=user)
        approve(write_review(user, lota, words=GOOD, photos=[photo(colour=60 * index)]))
        question = services.ask(user, lota, text=f"How heavy? {index}", now=now())
        services.answer(question, text="900 g.", by=user, now=now())

    with django_assert_num_queries(2):
        said = said_of_product(lota.pk)
    assert (len(said.reviews), len(said.questions)) == (number, number)
    assert product_page(lota) is not None


@pytest.mark.parametrize("number", [1, 3])
def test_a_buyers_list_costs_the_same_however_long(
    asha: User, number: int, django_assert_num_queries: Any
):
    for _ in range(number):
        deliver(make_product(), user=asha)

    with django_assert_num_queries(5):
        assert len(bought_by(asha)) == number
