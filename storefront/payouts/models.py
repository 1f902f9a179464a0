"""Batches of payouts, one payout a seller, and the entries of the books that each covers."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q

from storefront.accounts.models import User
from storefront.core.money import from_paise
from storefront.ledger.models import Entry
from storefront.partner.models import Partner
from storefront.payouts.rules import UTR_PATTERN, BatchState, PayoutState, number_of


class PayoutBatch(models.Model):
    """Payouts that go to the bank in one file; two persons see it before it does."""

    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in BatchState],
        default=BatchState.DRAFT,
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    exported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    exported_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(approved_by=F("made_by")), name="payouts_batch_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.DRAFT, approved_by=None, exported_at=None)
                | Q(state=BatchState.APPROVED, approved_by__isnull=False, exported_at=None)
                | Q(state=BatchState.EXPORTED, approved_by__isnull=False, exported_at__isnull=False)
                | Q(state=BatchState.CLOSED, exported_at=None)
                | Q(state=BatchState.CLOSED, approved_by__isnull=False, exported_at__isnull=False),
                name="payouts_batch_leaves_approved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class PayoutQuerySet(models.QuerySet["Payout"]):
    """Whose payouts."""

    def for_seller(self, seller: Partner) -> Self:
        """Return the seller's own payouts that went to the bank; drafts are the shop's matter."""
        return self.filter(seller=seller, batch__exported_at__isnull=False)


class Payout(models.Model):
    """What one seller gets of a batch, in paise. `utr` is the bank's reference of the transfer."""

    batch = models.ForeignKey(PayoutBatch, models.PROTECT, related_name="payouts")
    seller = models.ForeignKey(Partner, models.PROTECT, related_name="payouts")
    amount_paise = models.BigIntegerField()
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in PayoutState],
        default=PayoutState.DUE,
    )
    utr = models.CharField(max_length=22, unique=True, null=True)
    failure = models.CharField(max_length=200, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = PayoutQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("batch", "seller"), name="payouts_one_a_seller"),
            models.CheckConstraint(condition=Q(amount_paise__gt=0), name="payouts_is_money"),
            models.CheckConstraint(
                condition=Q(utr=None) | Q(utr__regex=UTR_PATTERN), name="payouts_utr_is_a_reference"
            ),
            models.CheckConstraint(
                condition=Q(state=PayoutState.DUE, utr=None, failure="")
                | Q(state=PayoutState.PAID, utr__isnull=False, failure="")
                | (Q(state=PayoutState.FAILED) & ~Q(failure="")),
                name="payouts_says_what_became_of_it",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.state}"

    @property
    def number(self) -> str:
        """Return what the bank's file and the seller's account statement show."""
        return number_of(self.pk)

    @property
    def amount(self) -> Decimal:
        """Return the amount in rupees."""
        return from_paise(self.amount_paise)


class PayoutLine(models.Model):
    """
    An entry of the books that a payout covers; a statement is the sum of its lines.

    `is_alive` ends when the payout fails: the entry is then free for the next one. It stands
    here, beside the entry, so that the database can refuse to pay one twice.
    """

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="lines")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="payout_lines")
    is_alive = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("entry",), condition=Q(is_alive=True), name="payouts_entry_is_paid_once"
            ),
            models.UniqueConstraint(
                fields=("payout", "entry"), name="payouts_entry_once_a_statement"
            ),
        )

    def __str__(self) -> str:
        return f"{self.payout_id}: entry {self.entry_id}"
