"""A line remembers through which stories its buyer came to the piece."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.models import Line
from storefront.basket.rules import Touches
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order
from tests.factories.purchase import make_basket

A, B = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("stories", "first", "last"),
    [
        ([], None, None),
        ([None], None, None),
        ([A], A, A),
        ([A, B], A, B),
        ([A, None], A, A),
        ([None, B, None], B, B),
        ([A, B, A], A, A),
    ],
)
def test_the_first_story_stays_and_the_last_one_moves_on(
    stories: list[UUID | None], first: UUID | None, last: UUID | None
) -> None:
    touches = Touches()
    for story in stories:
        touches = touches.then(story)

    assert touches == Touches(first, last)


def test_of_two_lines_the_older_one_knows_the_first_story_and_the_younger_one_the_last() -> None:
    assert Touches(A, A).joined(Touches(B, B)) == Touches(A, B)
    assert Touches().joined(Touches(B, B)) == Touches(B, B)
    assert Touches(A, B).joined(Touches()) == Touches(A, B)


@pytest.mark.django_db
def test_signing_in_joins_what_both_baskets_know() -> None:
    lota, bell = make_product(), make_product()
    asha = User.objects.create_user("asha@example.org", "a long password")
    hers = baskets.ensure_basket(user=asha, token="")
    baskets.add(hers, product_id=lota.pk, quantity=1, story=A)
    guests = baskets.ensure_basket(user=None, token="")
    baskets.add(guests, product_id=lota.pk, quantity=1, story=B)
    baskets.add(guests, product_id=bell.pk, quantity=1, story=B)

    baskets.claim(user=asha, token=guests.token)

    kept = {line.product_id: line.touches for line in Line.objects.filter(basket=hers)}
    assert kept == {lota.pk: Touches(A, B), bell.pk: Touches(B, B)}


@pytest.mark.django_db
def test_an_ordered_line_keeps_them() -> None:
    lota = make_product()
    order = make_order(lota, story=A)

    (line,) = order.lines.all()

    assert (line.first_story, line.last_story) == (A, A)


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["", "no key", "<script>", "1" * 4000, "नहीं"])
def test_what_is_no_key_does_not_stop_a_sale(client: Client, told: str) -> None:
    lota = make_product()
    form = {"product_id": lota.pk, "quantity": 1, "story": told}

    response = client.post("/en/basket/add/", form, headers={"sec-fetch-site": "same-origin"})

    assert response.status_code == 302
    assert Line.objects.get().touches == Touches()


@pytest.mark.django_db
def test_the_form_of_a_product_hands_the_story_on(client: Client) -> None:
    lota, story = make_product(), uuid4()

    with_one = client.get(f"{lota.get_absolute_url()}?story={story}")
    with_none = client.get(f"{lota.get_absolute_url()}?story=%22%3E%3Cscript%3E")

    hidden = f'<input type="hidden" name="story" value="{story}">'
    assert with_one.content.decode().count(hidden) == 2  # to buy it, and to ask about delivery
    assert 'name="story"' not in with_none.content.decode()
    assert with_one["Cache-Control"].startswith("public")
    assert f'<link rel="canonical" href="http://testserver{lota.get_absolute_url()}">' in (
        with_one.content.decode()
    )


@pytest.mark.django_db
def test_the_api_takes_a_key_and_refuses_what_is_none(client: Client) -> None:
    lota, basket = make_product(), make_basket()
    address = f"/api/v1/baskets/{basket.token}/lines"

    def post(story: str) -> int:
        payload = {"product_id": lota.pk, "quantity": 1, "story": story}
        return client.post(address, payload, content_type="application/json").status_code

    assert (post("no key"), post(str(A))) == (422, 201)
    assert Line.objects.get(basket=basket).touches == Touches(A, A)
