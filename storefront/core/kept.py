"""Answers that cost much and may be a little old: kept for some seconds in this process."""

import logging
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import connections

from storefront.core.plugs import plug

logger = logging.getLogger(__name__)
_ANSWERS: dict[Callable[..., Any], "_Answers"] = {}
Question = TypeVar("Question", bound=Callable[..., Any])
# An answer that is asked anew beside the request still counts for so many times its seconds.
STALE_TIMES = 10


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was answered, when, and at which mark."""

    at: float
    mark: Hashable
    value: Any


@dataclass(slots=True)
class _Answers:
    """What is known, with its time, and what a thread is asking just now."""

    setting: str
    mark: str
    known: dict[Hashable, _Answer] = field(default_factory=dict)
    asking: dict[Hashable, threading.Thread] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def kept(setting: str, *, beside: bool = False, mark: str = "") -> Callable[[Question], Question]:
    """
    Let an answer count for as many seconds as a setting says; 0 asks anew each time.

    With `beside`, whoever comes after these seconds still gets the old answer, and a thread asks
    anew: nobody waits for what costs a second. An answer ten times as old is waited for. Such a
    function must not depend on the language of the moment: the thread has none.

    `mark` is a setting, too: it names a function (a plug) whose answer changes when no older answer
    may be told any more. It is asked each time, so it should be kept itself.

    Nothing is ever pushed out, so the function must have few different arguments. What it answers
    is everybody's: nobody may change it.
    """

    def decorate(ask: Question) -> Question:
        answers = _Answers(setting, mark)

        @wraps(ask)
        def answer(*words: Hashable) -> Any:
            seconds, found = getattr(settings, setting), answers.known.get(words)
            if found is None or (found.mark is not None and found.mark != _marked(answers)):
                return _ask(answers, ask, words)
            age = time.monotonic() - found.at
            if age < seconds:
                return found.value
            if beside and age < seconds * STALE_TIMES:
                _ask_beside(answers, ask, words)
                return found.value
            return _ask(answers, ask, words)

        _ANSWERS[answer] = answers
        return cast(Question, answer)

    return decorate


def forget(question: Callable[..., Any]) -> None:
    """Ask anew next time, in this process: for whoever has just written what it answers."""
    _ANSWERS[question].known.clear()


def finish(question: Callable[..., Any]) -> None:
    """Wait until what is being asked beside the requests is known."""
    for thread in list(_ANSWERS[question].asking.values()):
        thread.join()


def _ask(answers: _Answers, ask: Callable[..., Any], words: tuple[Hashable, ...]) -> Any:
    begun, mark = time.monotonic(), _marked(answers)
    found = ask(*words)
    answers.known[words] = _Answer(begun, mark, found)
    return found


def _marked(answers: _Answers) -> Hashable:
    """Return the mark of this moment, or nothing if there is none; what is not kept needs none."""
    if not answers.mark or not getattr(settings, answers.setting):
        return None
    mark: Hashable = plug(answers.mark)()
    return mark


def _ask_beside(answers: _Answers, ask: Callable[..., Any], words: tuple[Hashable, ...]) -> None:
    def run() -> None:
        try:
            _ask(answers, ask, words)
        except Exception:
            # The old answer counts on, until it is too old and its asker is told.
            logger.exception("%s was not asked anew", ask.__qualname__)
        finally:
            connections.close_all()  # of this thread alone
            del answers.asking[words]

    with answers.lock:
        if words not in answers.asking:
            answers.asking[words] = thread = threading.Thread(target=run, daemon=True)
            thread.start()
