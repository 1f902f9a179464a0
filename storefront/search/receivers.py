"""Whatever changes a product changes what is found of it, at once."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from storefront.catalogue.models import Product
from storefront.search.services import index_products


@receiver(post_save, sender=Product)
def index_product(sender: type[Product], instance: Product, **kwargs: object) -> None:
    """Index a product in the transaction that saves it: what is withdrawn is found no longer."""
    index_products(first=instance.pk, last=instance.pk)
