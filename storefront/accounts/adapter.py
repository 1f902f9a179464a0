"""allauth's seam: what it writes to people goes out as the shop's own letters."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from storefront.accounts.queries import language_of
from storefront.accounts.tasks import post_link


class ShopsLetters(DefaultAccountAdapter):
    """Letters in the language of the page that asked for them, sent by the worker."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of the letters with a link; the shop has turned the others off."""
        name = template_prefix.removeprefix("account/email/")
        # The letter after signing up confirms an address as any other does.
        letter = f"account_{name.removesuffix('_signup')}"
        user = context.get("user")
        post_link.enqueue(letter, email, language_of(None), user.pk if user else None)
