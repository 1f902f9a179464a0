"""Real threads: of publishing and withdrawing at one moment, nobody is left on show."""

from functools import partial
from threading import Thread
from typing import Any

import pytest
from django.db import connections, transaction

from cms.pages.stories import StoryPage
from cms.people import ConsentMissing
from cms.planting import plant_site
from storefront.catalogue.models import Artisan
from storefront.consent.models import Withdrawal
from storefront.consent.queries import locked
from storefront.consent.rules import Use
from storefront.consent.services import NothingToWithdraw, withdraw
from storefront.core.clock import now
from tests.factories.catalogue import make_artisan, make_district
from tests.factories.consent import make_agreement, make_person, make_recorder
from tests.factories.pages import make_story
from tests.rounds import racing

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("own_database")]
ROUNDS = 8


def test_a_story_published_while_its_person_withdraws_is_not_left_online() -> None:
    plant_site()
    by, outcomes = make_recorder(), []
    with racing(2) as race:
        for number in range(ROUNDS):
            person = make_person(f"Rahim Khan{number}", district=make_district())
            rows = [row.pk for row in make_agreement(person, Use.NAME, Use.STORY)]
            story = make_story(slug=f"story-{number}")
            story.unpublish()
            story.people.create(person=person)
            revision = story.save_revision()
            told = race(
                partial(publishing, revision),
                partial(withdraw, person, rows, reason="Asked.", by=by, now=now()),
            )
            outcomes.append(told[0])
            assert StoryPage.objects.get(pk=story.pk).live is False

    assert Withdrawal.objects.count() == 2 * ROUNDS
    assert all(outcome in {"published", "refused"} for outcome in outcomes)


def test_two_who_withdraw_at_once_write_it_once() -> None:
    plant_site()
    by, maker = make_recorder(), make_artisan()
    rows = list(maker.person.agreements.values_list("pk", flat=True))
    with racing(2) as race:
        told = race(*(partial(withdrawing, maker, rows, by) for _ in range(2)))

    assert sorted(told) == ["nothing left", "withdrawn"]
    assert Withdrawal.objects.count() == len(rows)


def test_the_page_waits_for_a_withdrawal_that_is_not_through_and_is_then_refused() -> None:
    plant_site()
    person = make_person(district=make_district())
    rows = [row.pk for row in make_agreement(person, Use.NAME, Use.STORY)]
    story = make_story()
    story.unpublish()
    story.people.create(person=person)
    revision = story.save_revision()
    told: list[str] = []

    def publish() -> None:
        told.append(publishing(revision))
        connections.close_all()

    with transaction.atomic():
        locked([person.pk])
        thread = Thread(target=publish)
        thread.start()
        thread.join(1)
        waits = thread.is_alive()
        Withdrawal.objects.bulk_create(
            Withdrawal(agreement_id=row, reason="Asked.", at=now()) for row in rows
        )
    thread.join(10)

    assert waits
    assert told == ["refused"]
    assert StoryPage.objects.get().live is False


def publishing(revision: Any) -> str:
    try:
        revision.publish()
    except ConsentMissing:
        return "refused"
    return "published"


def withdrawing(maker: Artisan, rows: list[int], by: Any) -> str:
    try:
        withdraw(maker.person, rows, reason="Asked.", by=by, now=now())
    except NothingToWithdraw:
        return "nothing left"
    return "withdrawn"
