"""Whoever comes into the catalogue comes into the ledger, and is shown when they agreed."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from storefront.catalogue.models import Artisan
from storefront.consent.services import enter
from storefront.core.clock import today


@receiver(post_save, sender=Artisan)
def take_maker_in(
    sender: type[Artisan],
    instance: Artisan,
    created: bool,  # noqa: FBT001 -- Django's signature
    **kwargs: object,
) -> None:
    """Take a new maker in, however they came into the catalogue."""
    if created:
        enter(instance, on=today())
