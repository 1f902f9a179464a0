"""Who withdraws is gone from every public place within a minute, and the ledger says so."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageLogEntry

from cms.pages.stories import StoryPage
from cms.reads import count_read
from cms.reports import rows
from cms.taking_back import TAKEN_BACK
from storefront.catalogue.queries.tally import whole_shop
from storefront.config.environment import Environment
from storefront.consent.models import Withdrawal
from storefront.core.clock import today
from storefront.core.kept import forget
from storefront.search.queries import vocabulary
from tests.cms.whereabouts import (
    everything_told,
    make_known_maker,
    make_recorder,
    naming,
    take_back,
)
from tests.factories.pages import make_story

MINUTE = 60


# Lists of places count, and name no maker.
TELL_OF_NOBODY = {
    "/sitemap.xml?section=products",
    "/en/districts/",
    "/hi/districts/",
    "/en/crafts/",
    "/hi/crafts/",
    "/api/v1/districts?lang=en",
    "/api/v1/districts?lang=hi",
}


def test_a_withdrawal_takes_name_portrait_and_story_off_every_public_place_within_a_minute(
    client: Client, settings: Any
) -> None:
    maker = make_known_maker()
    lota = maker.products.get(title_en="Brass lota")
    story = StoryPage.objects.get(locale__language_code="en")
    count_read(story.translation_key, language="en", day=today())
    make_story(slug="another", title="Another")  # so that the lists of stories are not empty
    files = [rendition.file.name for rendition in maker.portrait.renditions.all()]
    files.append(maker.portrait.file.name)
    # Counts and the search box's words are kept; whoever withdraws is not in them any more.
    settings.COUNTS_KEPT_SECONDS = 1000
    forget(whole_shop)
    forget(vocabulary)
    before = everything_told(client, lota)

    take_back(maker.person)

    after = everything_told(client, lota)
    assert {answer.status_code for answer in before.values()} == {200}
    assert before.keys() - naming(before, *files) == TELL_OF_NOBODY
    assert naming(after, *files) == set()
    page = after[lota.get_absolute_url()].content.decode()
    assert "Made by a maker from Moradabad" in page
    assert "More by the same maker" in page
    with override("hi"):
        hindi = after[lota.get_absolute_url()].content.decode()
        assert "मुरादाबाद के एक कारीगर के हाथ का काम" in hindi

    own = Environment.model_fields
    kept = max(own[name].default for name in ("pages_kept_seconds", "rates_kept_seconds"))
    assert {
        address: seconds
        for address, answer in before.items()
        if (seconds := kept + seconds_in_caches(answer)) > MINUTE
    } == {}

    assert [row.reach.reads for row in rows(days=None) if row.title == story.title] == [1]
    written = Withdrawal.objects.filter(agreement__person=maker.person)
    assert {(row.reason, row.recorded_by) for row in written} == {
        ("Asked by phone.", make_recorder())
    }
    assert written.count() == 3
    gone = PageLogEntry.objects.filter(action=TAKEN_BACK).values_list("page__slug", flat=True)
    assert sorted(gone) == sorted([maker.person.slug, story.slug] * 2)


def test_the_editors_read_who_withdrew_when_and_why(editor: Client) -> None:
    maker = make_known_maker()

    take_back(maker.person)

    said = editor.get(reverse("consents:person", args=[maker.person.pk])).content.decode()
    assert said.count("Asked by phone.") == 3
    assert str(make_recorder()) in said


def seconds_in_caches(answer: HttpResponse) -> int:
    """Return how long caches that are not ours may tell an answer."""
    header = answer["Cache-Control"]
    if "private" in header:
        return 0
    assert header.startswith("public"), header
    return sum(int(seconds) for seconds in re.findall(r"=([0-9]+)", header))
