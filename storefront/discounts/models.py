"""Who used which offer with which order: what the limits of offers and vouchers are counted by."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from oscar.apps.offer.models import ConditionalOffer
from oscar.apps.voucher.models import Voucher


class Use(models.Model):
    """
    An order's use of an offer. Given back, it counts no more, and stays to be read.

    `email` is in small letters: guests are known by it.
    """

    order = models.ForeignKey("order.Order", models.CASCADE, related_name="offer_uses")
    offer = models.ForeignKey(ConditionalOffer, models.CASCADE, related_name="uses")
    voucher = models.ForeignKey(Voucher, models.CASCADE, null=True, related_name="uses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    email = models.CharField(max_length=254)
    times = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    is_counted = models.BooleanField(default=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("order", "offer"), name="discounts_one_use_an_order"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="discounts_only_take_off"),
        )
        indexes = (models.Index(fields=("email", "offer"), name="discounts_uses_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.offer_id} × {self.times}"
