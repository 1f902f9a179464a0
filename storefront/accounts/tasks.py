"""The worker's part of letters about an account: make the link and send it at once."""

from collections.abc import Callable

from allauth.account import app_settings
from allauth.account.models import EmailAddress, get_emailconfirmation_model
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from storefront.accounts.models import User
from storefront.notices import services as notices
from storefront.notices.tasks import tried_again


@task()
def post_link(letter: str, to: str, language: str, user_id: int | None, tries: int = 0) -> None:
    """
    Send one of the letters of `LINKS`; while no mail server takes it, try again later.

    The link is made here, so that no table ever holds one that lets somebody in.
    """
    with translation.override(language):
        path = LINKS[letter](to, user_id)
    if path:
        with tried_again(post_link, letter, to, language, user_id, tries=tries):
            context = {"email": to, "url": settings.SHOP_URL + path}
            notices.send(letter, to=to, language=language, context=context)


def _new_password(to: str, user_id: int | None) -> str:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return ""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def _confirmation(to: str, user_id: int | None) -> str:
    address = EmailAddress.objects.filter(user=user_id, email__iexact=to, verified=False).first()
    if address is None:
        return ""
    key = get_emailconfirmation_model().create(address).key
    return reverse("account_confirm_email", args=[key])


def _sign_up(to: str, user_id: int | None) -> str:
    return reverse("account_signup")


# Where each letter leads; nowhere once it is no longer of use: then it is not sent.
LINKS: dict[str, Callable[[str, int | None], str]] = {
    "account_password_reset_key": _new_password,
    "account_email_confirmation": _confirmation,
    "account_unknown_account": _sign_up,
}
