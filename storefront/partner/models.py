"""Sellers, and their stock records that cannot be oversold."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from storefront.accounts.models import User
from storefront.atlas.models import District, State
from storefront.catalogue.models import Artisan
from storefront.partner.rules import RateName, SellerKind

# Only services write these, each with a row that says why.
MOVED_BY_SERVICES = {"num_in_stock", "num_allocated", "held_until", "price", "version"}


class Partner(AbstractPartner):
    """A seller: an artisan, a family workshop, a co-operative or their agent."""

    kind = models.CharField(
        max_length=12,
        choices=[(kind.value, kind.value) for kind in SellerKind],
        default=SellerKind.REGULAR,
    )
    gstin = models.CharField("GSTIN", max_length=15, blank=True)
    enrolment_number = models.CharField(_("enrolment number"), max_length=20, blank=True)
    state = models.ForeignKey(State, models.PROTECT, null=True, related_name="sellers")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="sellers")
    town = models.CharField(_("town"), max_length=100, blank=True)
    pin = models.CharField("PIN", max_length=6, blank=True)
    about = models.TextField(_("about"), blank=True)
    makers = models.ManyToManyField(Artisan, blank=True, related_name="sellers")
    is_demonstration = models.BooleanField(default=False)

    class Meta(AbstractPartner.Meta):
        abstract = False
        constraints = (
            models.CheckConstraint(
                condition=Q(state__isnull=True)
                | (Q(kind=SellerKind.ENROLLED) & ~Q(enrolment_number=""))
                | (~Q(kind=SellerKind.ENROLLED) & ~Q(gstin="")),
                name="partner_has_gstin_or_enrolment",
            ),
        )


class StockRecordQuerySet(models.QuerySet["StockRecord"]):
    """Whose stock."""

    def for_seller(self, seller: Partner) -> Self:
        """Return the seller's own stock."""
        return self.filter(partner=seller)


class StockRecord(AbstractStockRecord):
    """The one offer of a product: who sells it, at what price, how many there are."""

    # Oscar's three may be empty; ours never are.
    price = models.DecimalField(_("Price"), max_digits=12, decimal_places=2)
    num_in_stock = models.PositiveIntegerField(_("Number in stock"), default=0)
    num_allocated = models.PositiveIntegerField(_("Number allocated"), default=0)
    version = models.PositiveIntegerField(default=1)
    # Without Oscar's index: every sale would have to write it, and the row's other ones with it.
    date_updated = models.DateTimeField(_("Date updated"), auto_now=True)
    # When the first of the pieces that baskets hold may be free again; the stock chapter's word.
    held_until = models.DateTimeField(null=True, editable=False)

    objects = StockRecordQuerySet.as_manager()

    class Meta(AbstractStockRecord.Meta):
        abstract = False
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("product",), name="partner_one_stock_record_a_product"),
            models.CheckConstraint(
                condition=Q(num_allocated__lte=F("num_in_stock")), name="partner_never_oversold"
            ),
            models.CheckConstraint(condition=Q(price__gt=0), name="partner_price_is_positive"),
        )
        indexes = (models.Index(fields=("price",), name="partner_by_price"),)

    def clean(self) -> None:
        """
        Refuse a stock or price that a form would write over what was sold meanwhile.

        Oscar's dashboard saves whole rows; stock and price are changed at the seller desk.
        """
        before = type(self).objects.filter(pk=self.pk).first()
        if before is None:
            # A count without a row that says why would be a difference in the books of stock.
            is_changed = bool(self.num_in_stock or self.num_allocated)
        else:
            is_changed = (before.price, before.num_in_stock) != (self.price, self.num_in_stock)
        if is_changed:
            raise ValidationError(_("Please change stock and price at the seller desk."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; of a row that exists, stock and price only if a service names them."""
        if self.pk and not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = [
                field.name
                for field in self._meta.concrete_fields
                if not field.primary_key and field.name not in MOVED_BY_SERVICES
            ]
        super().save(*args, **kwargs)

    @property
    def free(self) -> int:
        """Return how many pieces nobody was promised."""
        return self.num_in_stock - self.num_allocated


class SellerRate(models.Model):
    """
    A rate in per cent from a day on: of all sellers, or agreed with one.

    Laws change rates and contracts differ, so both are rows; orders freeze what held that day.
    """

    name = models.CharField(max_length=16, choices=[(r.value, r.value) for r in RateName])
    seller = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="rates")
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    valid_from = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("name", "seller", "valid_from"),
                nulls_distinct=False,
                name="partner_one_rate_a_day",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="partner_rate_is_percent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.percent} % from {self.valid_from}"


def sellers_of(user: User) -> models.QuerySet[Partner]:
    """Return the sellers a person acts for."""
    return Partner.objects.filter(users=user).order_by("pk")


from oscar.apps.partner.models import (  # noqa: E402 -- Oscar's other models, after ours
    PartnerAddress,
    StockAlert,
)

__all__ = [
    "Partner",
    "PartnerAddress",
    "SellerRate",
    "StockAlert",
    "StockRecord",
]
