"""Sending letters: queued with the change they tell of, sent by the worker."""

from typing import Any

from storefront.notices.tasks import deliver, post


def write(letter: str, *, to: str, language: str, context: dict[str, Any]) -> None:
    """
    Queue a letter; `letter` names the templates emails/<letter>.{subject.txt,txt,html}.

    The queue is a table of the same database, so the letter is queued if and only if the
    caller's transaction commits. The context holds plain values only.
    """
    if to:
        post.enqueue(letter, to, language, context)


def send(letter: str, *, to: str, language: str, context: dict[str, Any]) -> None:
    """
    Set and send a letter at once, for a secret that no queue may keep; only the worker calls this.

    Text messages, once the shop sends any, leave by this door too.

    Raises:
        OSError: no mail server takes it.
    """
    if to:
        deliver(letter, to, language, context)
