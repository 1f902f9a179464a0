"""Attempts, what the provider told us, the money itself, and refunds."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from storefront.accounts.models import User
from storefront.core.money import from_paise
from storefront.order.models import Cancellation, Line, Order, SellerOrder
from storefront.payment.rules import (
    LIVE,
    AttemptState,
    EventState,
    MoneyKind,
    RefundState,
)


class PaymentAttempt(models.Model):
    """
    One try of a buyer to pay an order. Amounts in paise.

    `request` is the exact body sent to the provider, so that a repeat with the same
    idempotency key is equal byte for byte.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="attempts")
    sequence = models.PositiveSmallIntegerField()
    provider = models.CharField(max_length=20)
    amount_paise = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3, default="inr")
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.value) for state in AttemptState],
        default=AttemptState.CREATED,
    )
    request = models.JSONField()
    provider_session = models.CharField(max_length=100, null=True)
    redirect_url = models.TextField(blank=True)
    failure = models.CharField(max_length=60, blank=True)
    expires_at = models.DateTimeField()
    next_sync_at = models.DateTimeField(null=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("order", "sequence"), name="payment_attempt_sequence"),
            models.UniqueConstraint(
                fields=("provider_session",), name="payment_one_attempt_a_session"
            ),
            models.UniqueConstraint(
                fields=("order",),
                condition=Q(state__in=sorted(LIVE)),
                name="payment_one_live_attempt_an_order",
            ),
            models.UniqueConstraint(
                fields=("order",),
                condition=Q(state=AttemptState.PROMISED),
                name="payment_one_promise_an_order",
            ),
            models.CheckConstraint(
                condition=Q(amount_paise__gt=0), name="payment_attempt_has_amount"
            ),
        )

    def __str__(self) -> str:
        return f"{self.order_id}/{self.sequence} {self.state}"


class ProviderEvent(models.Model):
    """A message from the provider, kept once; it only triggers a fresh look."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=100)
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=100, blank=True)
    attempt_hint = models.CharField(max_length=40, blank=True)
    charge = models.CharField(max_length=100, blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in EventState],
        default=EventState.RECEIVED,
    )
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("provider", "event_id"), name="payment_event_once"),
        )
        indexes = (
            models.Index(
                fields=("received_at",),
                condition=Q(state__in=[EventState.RECEIVED, EventState.FAILED]),
                name="payment_events_to_do",
            ),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"


class MoneyMovement(models.Model):
    """Money that really moved, in signed paise; rows are only ever added."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="money")
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="money")
    kind = models.CharField(max_length=14, choices=[(kind.value, kind.value) for kind in MoneyKind])
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=100)
    amount_paise = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("provider", "reference", "kind"), name="payment_money_counted_once"
            ),
        )
        indexes = (models.Index(fields=("reference",), name="payment_money_by_reference"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_paise}"

    @property
    def rupees(self) -> Decimal:
        """Return the amount in rupees."""
        return from_paise(self.amount_paise)


class Refund(models.Model):
    """Money to give back; its id is the idempotency key. Amount in paise."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds")
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="refunds")
    charge = models.CharField(max_length=100, db_index=True)
    amount_paise = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=40)
    # At most one refund that the shop starts by itself for a charge (late or double money).
    automatic_for = models.CharField(max_length=100, unique=True, null=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in RefundState],
        default=RefundState.NEW,
    )
    provider_refund = models.CharField(max_length=100, unique=True, null=True)
    requested_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # Of one made in the provider's dashboard: the part that bears it; none is the shop's goodwill.
    allotted_to = models.ForeignKey(SellerOrder, models.PROTECT, null=True, related_name="+")
    # When a person dealt with one that failed, or was made elsewhere.
    settled_at = models.DateTimeField(null=True)
    # What was taken back for it; a wish has one refund.
    cancellation = models.OneToOneField(
        Cancellation, models.PROTECT, null=True, related_name="refund"
    )
    # The failed one that this one stands for.
    again_for = models.OneToOneField("self", models.PROTECT, null=True, related_name="again")
    needs_approval = models.BooleanField(default=False)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount_paise__gt=0), name="payment_refund_has_amount"
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("requested_by")),
                name="payment_refund_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(needs_approval=False)
                | Q(approved_by__isnull=False)
                | Q(state__in=[RefundState.TO_APPROVE, RefundState.DECLINED]),
                name="payment_refund_waits_for_approval",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} {self.amount_paise}"


class RefundLine(models.Model):
    """What a refund gives back for so many pieces of a line, and for their delivery, in rupees."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="lines")
    line = models.ForeignKey(Line, models.PROTECT, related_name="refunded")
    quantity = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    shipping = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("refund", "line"), name="payment_line_once_a_refund"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="payment_refunds_pieces"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, shipping__gte=0), name="payment_refunds_no_charge"
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.line_id}"


from oscar.apps.payment.models import (  # noqa: E402 -- Oscar's other models, after ours
    Bankcard,
    Source,
    SourceType,
    Transaction,
)

from storefront.payment.models.cash import (  # noqa: E402 -- they refer to ours
    CashPart,
    CashPromise,
    Strike,
)
from storefront.payment.models.terms import (  # noqa: E402 -- beside the others
    NoCashPin,
    PaymentTerms,
    StartsInHour,
)
from storefront.payment.models.watch import (  # noqa: E402 -- they refer to ours
    Difference,
    Dispute,
    ProviderPayout,
    ReconciliationRun,
)

__all__ = [
    "Bankcard",
    "CashPart",
    "CashPromise",
    "Difference",
    "Dispute",
    "MoneyMovement",
    "NoCashPin",
    "PaymentAttempt",
    "PaymentTerms",
    "ProviderEvent",
    "ProviderPayout",
    "ReconciliationRun",
    "Refund",
    "RefundLine",
    "Source",
    "SourceType",
    "StartsInHour",
    "Strike",
    "Transaction",
]
