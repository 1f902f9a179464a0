"""What was taken back of a confirmed order."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from storefront.order.models import Line, Order
from storefront.order.models.columns import rupees
from storefront.order.rules import Asker, CancellationState, Why


class Cancellation(models.Model):
    """
    Pieces of a confirmed order taken back by one wish of one person.

    `key` names the wish, so that it is done once. Staff may have to wait for a second person;
    until then nothing is changed, and nobody else can take anything of the order back.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="cancellations")
    key = models.CharField(max_length=140)
    asker = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Asker])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Why])
    words = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in CancellationState]
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("order", "key"), name="order_one_cancellation_a_wish"),
            models.UniqueConstraint(
                fields=("order",),
                condition=Q(state=CancellationState.WAITING),
                name="order_one_waiting_cancellation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.order_id} {self.why} {self.state}"


class CancelledLine(models.Model):
    """So many pieces of a line taken back, and what was paid for them and their delivery."""

    cancellation = models.ForeignKey(Cancellation, models.PROTECT, related_name="lines")
    line = models.ForeignKey(Line, models.PROTECT, related_name="cancelled")
    quantity = models.PositiveIntegerField()
    goods = rupees()
    delivery = rupees()
    # Whether the parcel had left by then.
    has_left = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("cancellation", "line"), name="order_line_once_a_cancellation"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_cancelled_has_pieces"),
            models.CheckConstraint(
                condition=Q(goods__gte=0, delivery__gte=0), name="order_cancelled_is_no_charge"
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.line_id}"
