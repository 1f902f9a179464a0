"""Answers that may be a little old."""

from typing import Any

import pytest

from storefront.core import kept as module
from storefront.core.kept import finish, forget, kept


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(module, "time", found)
    return found


def asked(settings: Any, seconds: int, *, beside: bool = False) -> tuple[list[str], Any]:
    settings.COUNTS_KEPT_SECONDS = seconds
    questions: list[str] = []

    @kept("COUNTS_KEPT_SECONDS", beside=beside)
    def answer(word: str) -> int:
        questions.append(word)
        return len(questions)

    return questions, answer


def test_an_answer_counts_until_its_time_is_over(clock: Clock, settings: Any):
    _, answer = asked(settings, 30)
    first = answer("lamp")
    clock.seconds += 29.9
    still = answer("lamp")
    clock.seconds += 0.1

    assert (first, still, answer("lamp")) == (1, 1, 2)


def test_each_question_has_its_own_answer(clock: Clock, settings: Any):
    questions, answer = asked(settings, 30)

    assert [answer("lamp"), answer("bell"), answer("lamp")] == [1, 2, 1]
    assert questions == ["lamp", "bell"]


def test_zero_seconds_ask_anew_each_time(clock: Clock, settings: Any):
    _, answer = asked(settings, 0)

    assert [answer("lamp"), answer("lamp")] == [1, 2]


def test_whoever_writes_what_is_kept_has_it_asked_anew(clock: Clock, settings: Any):
    _, answer = asked(settings, 30)
    answer("lamp")

    forget(answer)

    assert answer("lamp") == 2


def test_nobody_waits_for_what_is_asked_beside_the_requests(clock: Clock, settings: Any):
    _, answer = asked(settings, 30, beside=True)
    first = answer("lamp")
    clock.seconds += 31
    old = answer("lamp")
    finish(answer)

    assert (first, old, answer("lamp")) == (1, 1, 2)


def test_a_very_old_answer_is_waited_for_even_so(clock: Clock, settings: Any):
    _, answer = asked(settings, 30, beside=True)
    answer("lamp")
    clock.seconds += 300

    assert answer("lamp") == 2


def test_zero_seconds_wait_even_beside_the_requests(clock: Clock, settings: Any):
    _, answer = asked(settings, 0, beside=True)

    assert [answer("lamp"), answer("lamp")] == [1, 2]


def test_the_old_answer_counts_on_if_the_new_one_fails(
    clock: Clock, settings: Any, caplog: pytest.LogCaptureFixture
):
    settings.COUNTS_KEPT_SECONDS = 30
    told = iter([1])

    @kept("COUNTS_KEPT_SECONDS", beside=True)
    def answer() -> int:
        return next(told)

    answer()
    clock.seconds += 31
    answer()
    finish(answer)

    assert answer() == 1
    assert "was not asked anew" in caplog.text


def mark() -> str:
    """Return what the next test changes."""
    return MARKS[-1]


MARKS = ["before"]


def test_no_answer_from_before_its_mark_changed_is_told(clock: Clock, settings: Any):
    settings.COUNTS_KEPT_SECONDS, settings.A_MARK = 30, "tests.core.test_kept.mark"
    questions: list[str] = []

    @kept("COUNTS_KEPT_SECONDS", beside=True, mark="A_MARK")
    def answer() -> int:
        questions.append(mark())
        return len(questions)

    told = [answer(), answer()]
    MARKS.append("after")
    told += [answer(), answer()]

    assert told == [1, 1, 2, 2]
