"""Who signs in keeps what they picked before."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from storefront.accounts.models import User
from storefront.basket.services import claim
from storefront.basket.session import held_token


@receiver(user_logged_in)
def claim_basket(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Give the guest's basket to the person."""
    token = held_token(request)
    if token:
        claim(user=user, token=token)
