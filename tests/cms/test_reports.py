"""What stories move, as those who write them see it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.pages.stories import StoryPage
from cms.planting import plant_site
from cms.reads import count_read
from cms.reports import rows
from storefront.accounts.roles import Role
from storefront.core.clock import today
from tests.cms.conftest import member
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order
from tests.factories.pages import make_story

pytestmark = pytest.mark.django_db
REPORT = "stories-report"


@pytest.fixture
def stories() -> tuple[StoryPage, StoryPage]:
    """One that sold two lotas of ₹1,000, and one that was read twice."""
    plant_site()
    lota = make_product(price="1000.00", stock=9)
    sold, loved = (
        make_story([lota]),
        make_story(slug="tap-listen-shave", title="Tap, listen, shave"),
    )
    make_order(lota, quantity=2, story=sold.translation_key)
    for back in (0, 40):
        day = today() - timedelta(days=back)
        count_read(loved.translation_key, language="en", day=day)
    return sold, loved


def listed(html: str) -> list[str]:
    """Return the titles in the order of the table."""
    return re.findall(r'<td class="title">.*?<a href="[^"]+">([^<]+)</a>', html)


def reads_of_the_first(html: str) -> int:
    """Return the reads of the table's first row."""
    row = html.split('<td class="title">')[1]
    return int(re.findall(r"<td>(\d+)</td>", row)[0])


def test_the_report_shows_who_sold_most_first_and_every_story_once(
    editor: Client, stories: tuple[StoryPage, StoryPage]
) -> None:
    sold, _loved = stories
    make_story(slug=sold.slug, language="hi")

    html = editor.get(reverse(REPORT)).content.decode()

    assert listed(html) == [sold.title, "Tap, listen, shave"]
    assert "<td>₹2,000</td>" in html
    assert html.count("--share: 100%") == 2  # the best day, and the best story


def test_it_can_be_ordered_by_reads_and_asked_for_all_time(
    editor: Client, stories: tuple[StoryPage, StoryPage]
) -> None:
    month = editor.get(reverse(REPORT), {"by": "reads"}).content.decode()
    ever = editor.get(reverse(REPORT), {"by": "reads", "days": ""}).content.decode()

    assert listed(month)[0] == listed(ever)[0] == "Tap, listen, shave"
    assert (reads_of_the_first(month), reads_of_the_first(ever)) == (1, 2)


@pytest.mark.parametrize("asked", [{"days": "-1"}, {"by": "title; DROP"}, {"days": "x" * 5000}])
def test_what_makes_no_sense_in_the_address_is_left_out(
    editor: Client, stories: tuple[StoryPage, StoryPage], asked: dict[str, str]
) -> None:
    assert listed(editor.get(reverse(REPORT), asked).content.decode())[0] == stories[0].title


def test_it_can_be_taken_along_as_a_spreadsheet(
    editor: Client, stories: tuple[StoryPage, StoryPage]
) -> None:
    response = editor.get(reverse(REPORT), {"export": "csv"})

    head, first, *_ = b"".join(response).decode().splitlines()
    assert head == 'Story,District,Reads,Pieces,Rupees,"Pieces, first story","Rupees, first story"'
    assert first == f'"{stories[0].title}",Moradabad,0,2,2000.00,2,2000.00'


def test_the_report_costs_the_same_however_many_stories(
    editor: Client, stories: tuple[StoryPage, StoryPage], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        assert len(rows(days=30)) == 2


def test_a_story_s_form_and_the_front_page_tell_too(
    editor: Client, stories: tuple[StoryPage, StoryPage]
) -> None:
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[stories[0].pk])).content.decode()
    front = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert "What this story moves" in form
    assert "<dd>₹2,000</dd>" in form
    assert re.search(r"best-sellers.*?₹2,000", front, re.DOTALL)


def test_only_who_writes_sees_it(stories: tuple[StoryPage, StoryPage], client: Client) -> None:
    assert member(Role.CORRESPONDENT).get(reverse(REPORT)).status_code == 200
    assert client.get(reverse(REPORT)).status_code == 302
