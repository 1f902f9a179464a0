"""What a parcel costs to send: a dated table by zone and weight."""

from django.db import models

from storefront.shipping.rules import Zone


class ShippingRate(models.Model):
    """The charge in rupees for a parcel up to a weight, in a zone, from a day on."""

    zone = models.CharField(max_length=10, choices=[(zone.value, zone.value) for zone in Zone])
    up_to_g = models.PositiveIntegerField()
    charge = models.DecimalField(max_digits=8, decimal_places=2)
    days_min = models.PositiveSmallIntegerField()
    days_max = models.PositiveSmallIntegerField()
    valid_from = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("zone", "up_to_g", "valid_from"), name="shipping_one_rate_a_band"
            ),
        )

    def __str__(self) -> str:
        return f"{self.zone} ≤ {self.up_to_g} g: ₹{self.charge}"


from oscar.apps.shipping.models import (  # noqa: E402 -- Oscar's models, beside ours
    OrderAndItemCharges,
    WeightBand,
    WeightBased,
)

__all__ = [
    "OrderAndItemCharges",
    "ShippingRate",
    "WeightBand",
    "WeightBased",
]
