"""
Who wants to hear that a piece is back. Wish lists are Oscar's own (`oscar.apps.wishlists`).

Oscar's ProductAlert knows no language, lets the same person wait twice, and moves its own state.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from oscar.apps.wishlists.models import Line as WishLine
from oscar.apps.wishlists.models import WishList

from storefront.accounts.models import User
from storefront.accounts.queries import language_of
from storefront.catalogue.models import Product
from storefront.core.references import token
from storefront.wishes.rules import OPEN, AlertState

__all__ = ["Alert", "WishLine", "WishList"]


class Alert(models.Model):
    """
    One letter promised for the day a product can be bought again.

    `token` is the unguessable part of the link that confirms or ends it. `asked_from` is a keyed
    digest of the caller's network address, only of those whose address is not confirmed.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="alerts")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="stock_alerts")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    token = models.CharField(max_length=40, unique=True, default=token, editable=False)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in AlertState])
    asked_from = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                "product",
                condition=Q(state__in=OPEN),
                name="wishes_one_open_alert_a_person_and_product",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AlertState]),
                name="wishes_alert_state_is_known",
            ),
        )
        indexes = (
            models.Index(
                fields=("product",),
                condition=Q(state=AlertState.WAITING),
                name="wishes_waiting_for_product",
            ),
            models.Index(fields=("asked_from", "asked_at"), name="wishes_asked_from"),
        )

    def __str__(self) -> str:
        return f"{self.product_id} {self.state}"

    @property
    def address(self) -> str:
        """Return where the letter goes: a person's address of today, a guest's as it was typed."""
        return self.user.email if self.user else self.email

    @property
    def letters_in(self) -> str:
        """Return in which language it is written."""
        return language_of(self.user, otherwise=self.language)
