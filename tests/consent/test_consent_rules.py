"""What an agreement is worth on a day, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from storefront.consent.rules import (
    Allowed,
    Need,
    Said,
    State,
    Use,
    allowed,
    covers,
    ends_soon,
    missing,
    state_of,
)

BOTH = frozenset({"en", "hi"})
FROM, UNTIL = date(2026, 1, 10), date(2026, 3, 31)
NAMED = Said(Use.NAME, BOTH, FROM, UNTIL)
DAY = timedelta(days=1)
NAME = Need(person=1, use=Use.NAME, language="en")


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (FROM - DAY, State.COMING),
        (FROM, State.GIVEN),
        (UNTIL, State.GIVEN),
        (UNTIL + DAY, State.ENDED),
    ],
)
def test_an_agreement_counts_from_its_first_day_to_its_last(on: date, state: State) -> None:
    assert state_of(NAMED, on=on) == state


def test_an_open_agreement_never_ends_and_a_withdrawn_one_counts_on_no_day() -> None:
    is_open = replace(NAMED, until_on=None)

    assert state_of(is_open, on=date(2090, 1, 1)) == State.GIVEN
    assert state_of(replace(is_open, is_withdrawn=True), on=FROM) == State.WITHDRAWN


def test_an_agreement_lets_its_own_use_and_language_be_shown_and_no_other() -> None:
    hindi = replace(NAMED, languages=frozenset({"hi"}))

    assert covers(NAMED, NAME, on=FROM)
    assert not covers(hindi, NAME, on=FROM)
    assert covers(hindi, replace(NAME, language="hi"), on=FROM)
    assert not covers(NAMED, replace(NAME, use=Use.STORY), on=FROM)
    assert not covers(NAMED, NAME, on=UNTIL + DAY)


def test_a_portrait_is_agreed_to_photo_by_photo() -> None:
    seen = Said(Use.PORTRAIT, BOTH, FROM, photo=7)
    need = Need(person=1, use=Use.PORTRAIT, language="hi", photo=7)

    assert covers(seen, need, on=FROM)
    assert not covers(seen, replace(need, photo=8), on=FROM)


def test_one_story_is_agreed_to_alone_or_with_all_others() -> None:
    mine, other = uuid4(), uuid4()
    need = Need(person=1, use=Use.STORY, language="en", story=mine)
    all_of_them = Said(Use.STORY, BOTH, FROM)

    assert covers(all_of_them, need, on=FROM)
    assert covers(replace(all_of_them, story=mine), need, on=FROM)
    assert not covers(replace(all_of_them, story=other), need, on=FROM)


def test_what_is_missing_is_told_in_order_and_by_person() -> None:
    needs = [replace(NAME, person=2), NAME, replace(NAME, person=3)]

    assert missing(needs, {1: [NAMED]}, on=FROM) == (needs[0], needs[2])


def test_a_maker_is_named_and_told_of_in_the_languages_agreed_to() -> None:
    said = [
        replace(NAMED, languages=frozenset({"hi"})),
        Said(Use.STORY, BOTH, FROM),
        Said(Use.STORY, BOTH, FROM, story=uuid4()),
    ]

    assert allowed(said, languages=BOTH, on=FROM) == Allowed(frozenset({"hi"}), BOTH, None)


def test_one_story_alone_lets_nothing_be_told_elsewhere() -> None:
    said = [Said(Use.STORY, BOTH, FROM, story=uuid4())]

    assert allowed(said, languages=BOTH, on=FROM).told_in == frozenset()


def test_of_several_photos_the_one_agreed_to_last_is_shown_if_in_both_languages() -> None:
    first, second = (Said(Use.PORTRAIT, BOTH, FROM, photo=number) for number in (1, 2))
    hindi = Said(Use.PORTRAIT, frozenset({"hi"}), FROM, photo=3)

    assert allowed([first, second, hindi], languages=BOTH, on=FROM).photo == 2
    taken_back = replace(second, is_withdrawn=True)
    assert allowed([first, taken_back], languages=BOTH, on=FROM).photo == 1


@pytest.mark.parametrize(("days", "is_soon"), [(31, False), (30, True), (0, True)])
def test_editors_are_told_thirty_days_before_an_agreement_ends(days: int, is_soon: bool) -> None:
    assert ends_soon(NAMED, [NAMED], on=UNTIL - days * DAY) == is_soon


def test_nobody_is_told_of_what_goes_on_by_another_agreement() -> None:
    renewed = replace(NAMED, from_on=UNTIL + DAY, until_on=None)
    in_one = replace(renewed, languages=frozenset({"hi"}))

    assert not ends_soon(NAMED, [NAMED, renewed], on=UNTIL)
    assert ends_soon(NAMED, [NAMED, in_one], on=UNTIL)
    assert ends_soon(NAMED, [replace(renewed, from_on=UNTIL + 2 * DAY)], on=UNTIL)
    assert not ends_soon(replace(NAMED, until_on=None), [], on=UNTIL)
