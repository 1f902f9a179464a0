"""Whatever changes a product or its maker changes what is found of it, at once."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from storefront.catalogue.models import Artisan, Product
from storefront.search.services import follow_maker, index_products


@receiver(post_save, sender=Product)
def index_product(sender: type[Product], instance: Product, **kwargs: object) -> None:
    """Index a product in the transaction that saves it: what is withdrawn is found no longer."""
    index_products(first=instance.pk, last=instance.pk)


@receiver(post_save, sender=Artisan)
def follow_changed_maker(
    sender: type[Artisan],
    instance: Artisan,
    created: bool,  # noqa: FBT001 -- Django's signature
    **kwargs: object,
) -> None:
    """Find a maker's things by the name they have now, and by no other."""
    if not created:
        follow_maker(instance)
