"""What watching over the money finds: disputes, payouts to our bank, differences."""

from django.db import models
from django.db.models import Q

from storefront.accounts.models import User
from storefront.order.models import Order
from storefront.payment.rules import DisputeState, PayoutState


class Dispute(models.Model):
    """
    A buyer's bank wants a charge back, or warns of fraud. Amount in paise, as the provider says.

    An order with one that nobody released is on hold: what has not left stays in the house.
    """

    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=100)
    order = models.ForeignKey(Order, models.PROTECT, related_name="disputes")
    attempt = models.ForeignKey("payment.PaymentAttempt", models.PROTECT, related_name="disputes")
    charge = models.CharField(max_length=100)
    amount_paise = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=60)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in DisputeState]
    )
    # As the provider calls it, for whoever answers there.
    status = models.CharField(max_length=40)
    due_by = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("provider", "reference"), name="payment_dispute_once"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.status}"


class ProviderPayout(models.Model):
    """
    Money a provider sent to our bank, in paise; negative: what we owed it was taken there.

    Only what the provider itself says is written here, with its journals.
    """

    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=100)
    amount_paise = models.BigIntegerField()
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in PayoutState]
    )
    arrives_on = models.DateField()
    # Why our bank sent it back, in the provider's word
    failure = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    # When a person saw to one that came back
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("provider", "reference"), name="payment_payout_once"),
            models.CheckConstraint(condition=~Q(amount_paise=0), name="payment_payout_is_money"),
        )
        indexes = (models.Index(fields=("made_at",), name="payment_payouts_by_day"),)

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"


class ReconciliationRun(models.Model):
    """One comparison with the provider: of which time, how much was seen, and that it ended."""

    kind = models.CharField(max_length=10)
    since = models.DateTimeField()
    until = models.DateTimeField()
    seen = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("kind", "until"), name="payment_runs_by_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.until:%Y-%m-%d %H:%M}"


class Difference(models.Model):
    """Where the provider's books and ours differ, in signed paise; only a person ends it."""

    run = models.ForeignKey(ReconciliationRun, models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=100)
    ours_paise = models.BigIntegerField(null=True)
    theirs_paise = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "reference"), name="payment_difference_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
