"""The worker's part of a letter: set it in the reader's language and hand it to the mail server."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task


@task()
def post(letter: str, to: str, language: str, context: dict[str, Any]) -> None:
    """Set and send one letter."""
    with translation.override(language):
        known = {**context, "language": language, "origin": settings.SHOP_URL}
        subject = render_to_string(f"emails/{letter}.subject.txt", known).strip()
        mail = EmailMultiAlternatives(
            subject, render_to_string(f"emails/{letter}.txt", known), to=[to]
        )
        mail.attach_alternative(render_to_string(f"emails/{letter}.html", known), "text/html")
    mail.send()
