"""The buyer's order, its seller orders, and lines with frozen prices and tax."""

from typing import Self

from django.conf import settings
from django.contrib.sites.models import Site
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from storefront.accounts.queries import language_of
from storefront.atlas.models import State
from storefront.core.references import token
from storefront.order.models.columns import percent, rupees
from storefront.order.rules import OrderState, SellerOrderState
from storefront.partner.models import Partner


class Order(AbstractOrder):
    """
    What a buyer ordered. `status` holds an `OrderState`; only order.services moves it.

    `token` is the unguessable part of the tracking link.

    Every order writes every index. A text that is `unique` has two, one of them to look for
    beginnings; a constraint has one. And by these foreign keys nobody looks for orders.
    """

    number = models.CharField(_("Order number"), max_length=128)
    token = models.CharField(max_length=40, default=token, editable=False)
    site = models.ForeignKey(Site, models.SET_NULL, null=True, db_index=False)
    billing_address = models.ForeignKey(
        "order.BillingAddress", models.SET_NULL, null=True, blank=True, db_index=False
    )
    # The constraint below begins with it, and serves as its index.
    basket = models.ForeignKey(
        "basket.Basket", models.SET_NULL, null=True, blank=True, db_index=False
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    place_of_supply = models.ForeignKey(
        State, models.PROTECT, null=True, related_name="+", db_index=False
    )
    payable_until = models.DateTimeField(null=True)
    # When a buyer who had not paid was told how.
    told_to_pay_at = models.DateTimeField(null=True, editable=False)
    # What was in the basket when it was placed: one order a basket version.
    basket_version = models.PositiveIntegerField(default=1)

    class Meta(AbstractOrder.Meta):
        abstract = False
        constraints = (
            models.UniqueConstraint(fields=("number",), name="order_number_is_its_own"),
            models.UniqueConstraint(fields=("token",), name="order_token_is_its_own"),
            models.UniqueConstraint(
                fields=("basket", "basket_version"), name="order_one_per_basket_version"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[state.value for state in OrderState]),
                name="order_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(total_incl_tax__gte=F("shipping_incl_tax")),
                name="order_total_covers_delivery",
            ),
        )
        indexes = (
            models.Index(
                fields=("payable_until",),
                condition=Q(status=OrderState.PENDING_PAYMENT),
                name="order_waiting_for_payment",
            ),
        )

    @property
    def email(self) -> str:
        """Return where letters about the order go."""
        return self.guest_email or (self.user.email if self.user else "")

    @property
    def letters_in(self) -> str:
        """Return the language of letters about the order: its own, unless a person chose theirs."""
        return language_of(self.user, otherwise=self.language)


class SellerOrderQuerySet(models.QuerySet["SellerOrder"]):
    """Whose part."""

    def for_seller(self, seller: Partner) -> Self:
        """
        Return the seller's own parts, and only of orders that were confirmed once.

        An order that nobody paid is none of the seller's business, cancelled or not.
        """
        confirmed = StateChange.objects.filter(
            seller_order=models.OuterRef("pk"), new=SellerOrderState.ACCEPTED
        )
        return self.filter(models.Exists(confirmed), seller=seller)


class ShippingAddress(AbstractShippingAddress):
    """Where an order goes."""

    # Oscar's code for an address is for shops with many houses of one buyer.
    code = None
    # Nobody looks for orders by country: all go to India.
    country = models.ForeignKey(
        "address.Country", models.CASCADE, verbose_name=_("Country"), db_index=False
    )
    # As it was typed and checked; Oscar's field would take it apart at each look.
    phone_number = models.CharField(_("Phone number"), max_length=128, blank=True)

    class Meta(AbstractShippingAddress.Meta):
        abstract = False


class SellerOrder(models.Model):
    """One seller's part of an order: its lines, its delivery charge, its own life."""

    # The unique constraint begins with it, and serves as its index.
    order = models.ForeignKey(Order, models.PROTECT, related_name="seller_orders", db_index=False)
    seller = models.ForeignKey(Partner, models.PROTECT, related_name="seller_orders")
    number = models.CharField(max_length=20)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in SellerOrderState],
        default=SellerOrderState.WAITING,
    )
    items_total = models.DecimalField(max_digits=12, decimal_places=2)
    shipping_charge = rupees()
    dispatch_by = models.DateField(null=True)
    # The seller's terms on the day of the order, in per cent.
    commission_rate = percent()
    commission_gst_rate = percent()
    tcs_rate = percent()
    tds_rate = percent()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SellerOrderQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("number",), name="order_part_number_is_its_own"),
            models.UniqueConstraint(fields=("order", "seller"), name="order_one_part_a_seller"),
        )
        indexes = (models.Index(fields=("state",), name="order_parts_by_state"),)

    def __str__(self) -> str:
        return self.number


class Line(AbstractLine):
    """One product of an order, as it was sold: price, seller and tax are frozen."""

    seller_order = models.ForeignKey(
        SellerOrder, models.PROTECT, null=True, related_name="lines", verbose_name=_("Seller order")
    )
    title_hi = models.CharField(max_length=255, blank=True)
    hsn = models.CharField("HSN", max_length=8, blank=True)
    gst_rate = models.DecimalField(max_digits=4, decimal_places=2, default=0)
    taxable = rupees()
    cgst = rupees("CGST")
    sgst = rupees("SGST")
    igst = rupees("IGST")
    # The keys of the stories its buyer came by, as the basket knew them.
    first_story = models.UUIDField(null=True, editable=False)
    last_story = models.UUIDField(null=True, editable=False)
    # Of `quantity`; only order.services counts it, with the order locked.
    cancelled_quantity = models.PositiveIntegerField(default=0)

    class Meta(AbstractLine.Meta):
        abstract = False
        constraints = (
            models.CheckConstraint(
                condition=Q(line_price_incl_tax=F("taxable") + F("cgst") + F("sgst") + F("igst")),
                name="order_line_tax_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_quantity__lte=F("quantity")),
                name="order_line_cancelled_within_quantity",
            ),
        )
        indexes = (
            models.Index(
                fields=("last_story",),
                condition=Q(last_story__isnull=False),
                name="order_line_by_story",
            ),
        )

    @property
    def quantity_left(self) -> int:
        """Return how many pieces are still to be sent, or stay with the buyer."""
        return self.quantity - self.cancelled_quantity


class StateChange(models.Model):
    """One move of an order or of a seller's part: from, to, when, by whom."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="moves")
    seller_order = models.ForeignKey(SellerOrder, models.CASCADE, null=True, related_name="moves")
    old = models.CharField(max_length=20)
    new = models.CharField(max_length=20)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


from oscar.apps.order.models import (  # noqa: E402 -- Oscar's other models, after ours
    BillingAddress,
    CommunicationEvent,
    LineAttribute,
    LinePrice,
    OrderDiscount,
    OrderLineDiscount,
    OrderNote,
    OrderStatusChange,
    PaymentEvent,
    PaymentEventType,
    ShippingEvent,
    ShippingEventQuantity,
    ShippingEventType,
    Surcharge,
)

from storefront.order.models.cancellation import (  # noqa: E402 -- they refer to ours
    Cancellation,
    CancelledLine,
)

__all__ = [
    "BillingAddress",
    "Cancellation",
    "CancelledLine",
    "CommunicationEvent",
    "Line",
    "LineAttribute",
    "LinePrice",
    "Order",
    "OrderDiscount",
    "OrderLineDiscount",
    "OrderNote",
    "OrderStatusChange",
    "PaymentEvent",
    "PaymentEventType",
    "SellerOrder",
    "ShippingAddress",
    "ShippingEvent",
    "ShippingEventQuantity",
    "ShippingEventType",
    "StateChange",
    "Surcharge",
]
