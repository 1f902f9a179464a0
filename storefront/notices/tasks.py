"""The worker's part of a letter: set it in the reader's language and hand it to the mail server."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task
from django_tasks.base import Task

from storefront.core.clock import now

logger = logging.getLogger(__name__)
# Twice as long after every failure: half a day until a letter is given up.
MOST_TRIES = 10
WAIT = timedelta(minutes=1)


@task()
def post(letter: str, to: str, language: str, context: dict[str, Any], tries: int = 0) -> None:
    """Set and send one letter; while no mail server takes it, try again later."""
    with tried_again(post, letter, to, language, context, tries=tries):
        deliver(letter, to, language, context)


@task()
def carry(letter: dict[str, Any], tries: int = 0) -> None:
    """Send a letter that a library has set; while no mail server takes it, try again later."""
    with tried_again(carry, letter, tries=tries):
        EmailMultiAlternatives(**letter, connection=post_office()).send()


def plain(mail: EmailMessage) -> dict[str, Any]:
    """
    Return a letter as the queue keeps it.

    Raises:
        ValueError: it has an attachment.
    """
    if mail.attachments:
        raise ValueError(mail.subject)
    wanted = ("from_email", "to", "cc", "bcc", "reply_to")
    return {name: getattr(mail, name) for name in wanted} | {
        "subject": str(mail.subject),
        "body": str(mail.body),
        "headers": mail.extra_headers,
        "alternatives": [
            [str(each.content), each.mimetype] for each in getattr(mail, "alternatives", ())
        ],
    }


def post_office() -> BaseEmailBackend:
    """Return the mail server itself; only the worker goes there."""
    server: BaseEmailBackend = get_connection(settings.POST_OFFICE)
    return server


@contextmanager
def tried_again(work: Task[..., None], *arguments: Any, tries: int) -> Iterator[None]:
    """
    Run a task again later if no mail server takes its letter; its last argument counts the tries.

    Raises:
        OSError: it was the last try.
    """
    try:
        yield
    except OSError:  # also what smtplib raises
        last = tries + 1 >= MOST_TRIES or not work.get_backend().supports_defer
        logger.exception("%s, try %s%s", work.name, tries + 1, ", the last" if last else "")
        if last:
            raise
        work.using(run_after=now() + WAIT * 2**tries).enqueue(*arguments, tries + 1)


def deliver(letter: str, to: str, language: str, context: dict[str, Any]) -> None:
    """Set one letter in the reader's language and hand it to the mail server."""
    words = set_letter(letter, language, context)
    mail = EmailMultiAlternatives(words.subject, words.text, to=[to], connection=post_office())
    mail.attach_alternative(words.html, "text/html")
    mail.send()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as its reader gets it."""

    subject: str
    text: str
    html: str


def set_letter(letter: str, language: str, context: dict[str, Any]) -> Letter:
    """Set one letter in the reader's language."""
    known = {
        **context,
        "language": language,
        "origin": settings.SHOP_URL,
        "imprint": settings.SHOP_IMPRINT,
    }
    with translation.override(language):
        return Letter(
            subject=render_to_string(f"emails/{letter}.subject.txt", known).strip(),
            # Parts of a text stand one empty line apart, whatever was left out between them.
            text=re.sub(r"\n{3,}", "\n\n", render_to_string(f"emails/{letter}.txt", known).strip())
            + "\n",
            html=render_to_string(f"emails/{letter}.html", known),
        )
