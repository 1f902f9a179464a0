"""Parcels on their way."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from storefront.order.models import SellerOrder


class Parcel(models.Model):
    """What a seller handed to a carrier, with the number to follow it by."""

    seller_order = models.ForeignKey(SellerOrder, models.PROTECT, related_name="parcels")
    carrier = models.CharField(_("carrier"), max_length=60)
    tracking_number = models.CharField(_("tracking number"), max_length=60)
    shipped_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("carrier", "tracking_number"), name="fulfilment_one_parcel_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}"
