"""The worker's part of a letter: set it in the reader's language and hand it to the mail server."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from storefront.core.clock import now

logger = logging.getLogger(__name__)
# Twice as long after every failure: half a day until a letter is given up.
MOST_TRIES = 10
WAIT = timedelta(minutes=1)


@task()
def post(letter: str, to: str, language: str, context: dict[str, Any], tries: int = 0) -> None:
    """Set and send one letter; while no mail server takes it, try again later."""
    try:
        deliver(letter, to, language, context)
    except OSError:  # also what smtplib raises
        last = tries + 1 >= MOST_TRIES or not post.get_backend().supports_defer
        logger.exception("letter %s, try %s%s", letter, tries + 1, ", the last" if last else "")
        if last:
            raise
        later = post.using(run_after=now() + WAIT * 2**tries)
        later.enqueue(letter, to, language, context, tries + 1)


def deliver(letter: str, to: str, language: str, context: dict[str, Any]) -> None:
    """Set one letter in the reader's language and hand it to the mail server."""
    with translation.override(language):
        known = {**context, "language": language, "origin": settings.SHOP_URL}
        subject = render_to_string(f"emails/{letter}.subject.txt", known).strip()
        mail = EmailMultiAlternatives(
            subject, render_to_string(f"emails/{letter}.txt", known), to=[to]
        )
        mail.attach_alternative(render_to_string(f"emails/{letter}.html", known), "text/html")
    mail.send()
