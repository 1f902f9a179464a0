"""Every change of stock as a row that says why, and the pieces baskets keep for a while."""

from django.db import models
from django.db.models import Q

from storefront.accounts.models import User
from storefront.partner.models import StockRecord
from storefront.stock.rules import Reason


class StockMovement(models.Model):
    """
    One change: pieces in the house, and pieces promised, as signed numbers.

    The sums of a stock record's movements are its two counters at any time. The database
    refuses to change a row, and to delete one whose stock record stays.
    """

    stockrecord = models.ForeignKey(StockRecord, models.CASCADE, related_name="movements")
    reason = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Reason])
    in_stock_change = models.IntegerField(default=0)
    allocated_change = models.IntegerField(default=0)
    reference = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.reason} {self.in_stock_change:+d}/{self.allocated_change:+d}"


class Hold(models.Model):
    """
    So many pieces kept for a basket until a time; they are among the stock record's promised.

    Only `stock.services` writes it, with the stock record locked. One whose time ran out still
    keeps its pieces until somebody else wants them, or the clock comes by.
    """

    # By name: the basket's chapter stands above this one.
    basket = models.ForeignKey("basket.Basket", models.CASCADE, related_name="holds")
    stockrecord = models.ForeignKey(StockRecord, models.CASCADE, related_name="holds")
    quantity = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("basket", "stockrecord"), name="stock_one_hold_a_basket_and_record"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stock_hold_has_pieces"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} until {self.until:%H:%M}"
