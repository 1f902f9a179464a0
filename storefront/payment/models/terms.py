"""On what terms one may pay at the door, and online: rows that staff write."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from storefront.accounts.models import User


def _rupees(label: Any) -> "models.DecimalField[Decimal | int, Decimal]":
    return models.DecimalField(label, max_digits=10, decimal_places=2, default=0)


class PaymentTerms(models.Model):
    """
    The terms of payment from a day on, in rupees; an order keeps those of its own day.

    `cash_most` is the highest order that may be paid at the door; without it none may be.
    """

    valid_from = models.DateField(_("From this day on"), unique=True)
    cash_most = models.DecimalField(
        _("Highest order paid at the door (₹)"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: nobody may pay at the door."),
    )
    cash_fee = _rupees(_("What paying at the door costs (₹ an order)"))
    strikes_allowed = models.PositiveSmallIntegerField(
        _("Refused parcels that are forgiven"), default=1
    )
    prepaid_percent = models.DecimalField(
        _("Off for paying online (per cent of the goods)"),
        max_digits=4,
        decimal_places=2,
        default=0,
    )
    prepaid_rupees = _rupees(_("Off for paying online (₹ an order)"))
    set_by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(cash_most=None) | Q(cash_most__gt=0))
                & Q(cash_fee__gte=0, prepaid_rupees__gte=0),
                name="payment_terms_are_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(prepaid_percent__gte=0, prepaid_percent__lte=50),
                name="payment_prepaid_is_percent",
            ),
            models.CheckConstraint(
                condition=Q(prepaid_percent=0) | Q(prepaid_rupees=0),
                name="payment_prepaid_one_way",
            ),
        )

    def __str__(self) -> str:
        return f"{self.valid_from}"


class NoCashPin(models.Model):
    """A PIN code at whose doors no courier takes money."""

    pin = models.CharField("PIN", max_length=6, unique=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(pin__regex=r"^[1-9][0-9]{5}$"), name="payment_pin_has_six_digits"
            ),
        )

    def __str__(self) -> str:
        return self.pin


class StartsInHour(models.Model):
    """How many payments one address, e-mail or phone started in an hour; `who` is a digest."""

    who = models.CharField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("who", "hour"), name="payment_starts_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.hour:%Y-%m-%d %H} {self.count}"
