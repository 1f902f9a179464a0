"""Every change of stock as a row that says why."""

from django.db import models

from storefront.accounts.models import User
from storefront.partner.models import StockRecord
from storefront.stock.rules import Reason


class StockMovement(models.Model):
    """
    One change: pieces in the house, and pieces promised, as signed numbers.

    The sums of a stock record's movements are its two counters at any time.
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
