"""allauth's seam: what it writes to people goes out as the shop's own letters."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils.translation import get_language

from storefront.notices import services as notices

# allauth's letters that hold a link, by the name it gives the link.
LINKS = {
    "email_confirmation": "activate_url",
    "email_confirmation_signup": "activate_url",
    "password_reset_key": "password_reset_url",
    "unknown_account": "signup_url",
}


class ShopsLetters(DefaultAccountAdapter):
    """
    Letters in the language of the page that asked for them.

    They are sent at once: no queue may keep a link that lets somebody in.
    """

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of the letters with a link; the shop has turned the others off."""
        name = template_prefix.removeprefix("account/email/")
        # The letter after signing up confirms an address as any other does.
        letter = f"account_{name.removesuffix('_signup')}"
        notices.send(
            letter,
            to=email,
            language=(get_language() or settings.LANGUAGE_CODE)[:2],
            context={"url": context[LINKS[name]], "email": email},
        )
