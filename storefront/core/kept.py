"""Answers that cost much and may be a little old: kept for some seconds in this process."""

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar

from django.conf import settings

Answer = TypeVar("Answer")


def kept(ask: Callable[..., Answer]) -> Callable[..., Answer]:
    """
    Let an answer count for COUNTS_KEPT_SECONDS; 0 asks anew each time.

    Nothing is ever pushed out, so the function must have few different arguments.
    """
    answers: dict[Hashable, tuple[float, Answer]] = {}

    @wraps(ask)
    def answer(*words: Hashable) -> Answer:
        now = time.monotonic()
        found = answers.get(words)
        if found is None or now - found[0] >= settings.COUNTS_KEPT_SECONDS:
            answers[words] = found = (now, ask(*words))
        return found[1]

    return answer
