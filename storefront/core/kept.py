"""Answers that cost much and may be a little old: kept for some seconds in this process."""

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings

_ANSWERS: dict[Callable[..., Any], dict[Hashable, tuple[float, Any]]] = {}
Question = TypeVar("Question", bound=Callable[..., Any])


def kept(setting: str) -> Callable[[Question], Question]:
    """
    Let an answer count for as many seconds as a setting says; 0 asks anew each time.

    Nothing is ever pushed out, so the function must have few different arguments. What it answers
    is everybody's: nobody may change it.
    """

    def decorate(ask: Question) -> Question:
        answers: dict[Hashable, tuple[float, Any]] = {}

        @wraps(ask)
        def answer(*words: Hashable) -> Any:
            now = time.monotonic()
            found = answers.get(words)
            if found is None or now - found[0] >= getattr(settings, setting):
                answers[words] = found = (now, ask(*words))
            return found[1]

        _ANSWERS[answer] = answers
        return cast(Question, answer)

    return decorate


def forget(question: Callable[..., Any]) -> None:
    """Ask anew next time, in this process: for whoever has just written what it answers."""
    _ANSWERS[question].clear()
