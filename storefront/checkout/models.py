"""What a caller of the API asked for, by the key it made up for it."""

from django.db import models

from storefront.basket.models import Basket
from storefront.order.models import Order


class OrderRequest(models.Model):
    """
    A wish to place an order. Sent again with the same key, it leads to the same order.

    `digest` tells whether it is the same wish; `order` is empty until the order is placed.
    """

    key = models.CharField(max_length=100, unique=True)
    digest = models.CharField(max_length=64)
    basket = models.ForeignKey(Basket, models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
