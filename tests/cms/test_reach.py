"""What a story moves: how often it is read, and what is sold out of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cms.pages.stories import StoryPage
from cms.planting import plant_site
from cms.reads import Reach, StoryReads, count_read, reach_of
from storefront.core.clock import today
from storefront.order.models import Order
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order, part_of
from tests.factories.pages import make_story
from tests.factories.payouts import sell, take_back
from tests.rounds import racing

pytestmark = pytest.mark.django_db
OURS = {"sec-fetch-site": "same-origin"}
A, B = UUID(int=1), UUID(int=2)


@pytest.fixture
def story() -> StoryPage:
    """A story that sells a lota."""
    cache.clear()
    plant_site()
    return make_story([make_product(price="1000.00", stock=9)])


def read(client: Client, story: StoryPage, *, language: str = "en", **headers: str) -> int:
    address = f"/{language}/stories/{story.slug}/read/"
    return client.post(address, headers=OURS | headers).status_code


def test_a_story_tells_when_it_was_read_and_its_forms_say_where_they_stand(
    client: Client, story: StoryPage
) -> None:
    page = client.get(story.address)
    html = page.content.decode()

    assert f'data-read="{story.address}read/"' in html
    assert f'<input type="hidden" name="story" value="{story.translation_key}">' in html
    assert html.count(f"?story={story.translation_key}") == 2
    assert page["Cache-Control"].startswith("public")
    assert page.cookies == {}


def test_a_reader_who_comes_back_at_once_has_read_once(client: Client, story: StoryPage) -> None:
    answers = [read(client, story), read(client, story), read(client, story, **{"user-agent": "x"})]

    assert answers == [204, 204, 204]
    assert reach_of(story.translation_key)[story.translation_key].reads == 2


def test_reads_are_counted_by_language_and_day(client: Client, story: StoryPage) -> None:
    make_story(slug=story.slug, language="hi")
    read(client, story)
    read(client, story, language="hi")
    count_read(story.translation_key, language="hi", day=today() - timedelta(days=40))

    rows = set(StoryReads.objects.values_list("story", "language", "day", "reads"))
    key, long_ago = story.translation_key, today() - timedelta(days=40)
    assert rows == {(key, "en", today(), 1), (key, "hi", today(), 1), (key, "hi", long_ago, 1)}
    assert reach_of(key)[key].reads == 3
    assert reach_of(key, since=today() - timedelta(days=30))[key].reads == 2


def test_other_sites_cannot_count_and_a_look_is_no_read(client: Client, story: StoryPage) -> None:
    assert read(client, story, **{"sec-fetch-site": "cross-site"}) == 403
    assert client.get(f"{story.address}read/").status_code == 405
    assert not StoryReads.objects.exists()


def test_a_draft_is_not_read(client: Client, story: StoryPage) -> None:
    story.unpublish()

    assert read(client, story) == 404


def test_what_is_bought_out_of_a_story_is_told_by_story(client: Client, story: StoryPage) -> None:
    (sold,) = story.sold.all()
    form = {"product_id": sold.product_id, "quantity": 2, "story": str(story.translation_key)}

    assert client.post(reverse("basket-add"), form, headers=OURS).status_code == 302


def test_pieces_and_rupees_count_when_they_are_paid_and_what_came_back_does_not() -> None:
    lota = make_product(price="1000.00", stock=20)
    order = sell(lota, quantity=3, story=A)
    make_order(lota, quantity=2, story=A, is_paid=False)
    make_order(lota, quantity=1)
    assert reach_of() == {A: Reach(0, 3, Decimal(3000), 3, Decimal(3000))}

    take_back(part_of(order), pieces={order.lines.get().pk: 1})
    assert reach_of() == {A: Reach(0, 2, Decimal(2000), 2, Decimal(2000))}

    take_back(part_of(order))
    assert reach_of(A)[A].pieces == 0
    assert reach_of(A)[A].rupees == Decimal(0)


def test_the_first_story_is_told_apart_from_the_last() -> None:
    lota = make_product(price="1000.00", stock=20)
    order = make_order(lota, story=A)
    Order.objects.get(pk=order.pk).lines.update(last_story=B)

    assert reach_of(A, B) == {
        A: Reach(first_pieces=1, first_rupees=Decimal(1000)),
        B: Reach(pieces=1, rupees=Decimal(1000)),
    }


def test_a_story_that_moved_nothing_moved_nothing() -> None:
    assert reach_of(A) == {A: Reach()}
    assert reach_of() == {}


def test_all_stories_together_cost_five_queries(django_assert_num_queries: Any) -> None:
    lota = make_product(price="1000.00", stock=20)
    for story in (A, B):
        make_order(lota, story=story)
        count_read(story, language="en", day=date(2026, 11, 1))

    with django_assert_num_queries(5):
        assert set(reach_of()) == {A, B}


@pytest.mark.django_db(transaction=True)
def test_reads_at_the_same_moment_are_all_counted() -> None:
    with racing(4) as race:
        for _ in range(10):
            race(*[lambda: count_read(A, language="en", day=today())] * 4)

    assert reach_of(A)[A].reads == 40
