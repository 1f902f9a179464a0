"""Answers that may be a little old."""

from typing import Any

import pytest

from storefront.core import kept as module
from storefront.core.kept import forget, kept


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


def asked(settings: Any, seconds: int) -> tuple[list[str], Any]:
    settings.COUNTS_KEPT_SECONDS = seconds
    questions: list[str] = []

    @kept("COUNTS_KEPT_SECONDS")
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
