"""Paying at the door: the buyer's promise, the cash of each parcel, and who refused one."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from storefront.accounts.models import User
from storefront.core.money import from_paise
from storefront.order.models import SellerOrder
from storefront.payment.rules import MOST_CODES, MOST_TRIES, RUPEE, CashState

_HAS_IT = [CashState.COLLECTED, CashState.REMITTED]


class CashPromise(models.Model):
    """
    A buyer's word to pay at the door, given by typing the code of a letter.

    Only a keyed digest of the code is kept. `wrong_tries` counts since the last code.
    """

    attempt = models.OneToOneField("payment.PaymentAttempt", models.PROTECT, related_name="promise")
    code_digest = models.CharField(max_length=64, blank=True)
    code_asked_at = models.DateTimeField()
    codes_asked = models.PositiveSmallIntegerField(default=1)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(wrong_tries__lte=MOST_TRIES, codes_asked__lte=MOST_CODES),
                name="payment_code_is_not_guessed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id}"


class CashPart(models.Model):
    """
    What the courier collects for one parcel, in paise: whole rupees.

    `due_paise` is the exact price, `fee_paise` what of it is for paying at the door.
    """

    seller_order = models.OneToOneField(SellerOrder, models.PROTECT, related_name="cash")
    attempt = models.ForeignKey("payment.PaymentAttempt", models.PROTECT, related_name="cash_parts")
    due_paise = models.PositiveBigIntegerField()
    amount_paise = models.PositiveBigIntegerField()
    fee_paise = models.PositiveBigIntegerField(default=0)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in CashState],
        default=CashState.TO_COLLECT,
    )
    # Collected although the order was paid online: it goes back.
    is_overpaid = models.BooleanField(default=False)
    collected_at = models.DateTimeField(null=True)
    collected_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    remitted_at = models.DateTimeField(null=True)
    bank_reference = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount_paise=F("amount_paise") / RUPEE * RUPEE),
                name="payment_cash_is_whole_rupees",
            ),
            models.CheckConstraint(
                condition=Q(amount_paise__lt=F("due_paise") + RUPEE)
                & Q(due_paise__lt=F("amount_paise") + RUPEE),
                name="payment_cash_rounds_by_less_than_a_rupee",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_HAS_IT, collected_at__isnull=False)
                | (~Q(state__in=_HAS_IT) & Q(collected_at__isnull=True)),
                name="payment_cash_collected_has_a_time",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=CashState.REMITTED, remitted_at__isnull=False) & ~Q(bank_reference="")
                )
                | (~Q(state=CashState.REMITTED) & Q(remitted_at__isnull=True)),
                name="payment_cash_remitted_has_a_reference",
            ),
        )

    def __str__(self) -> str:
        return f"{self.seller_order_id} {self.state}"

    @property
    def amount(self) -> Decimal:
        """Return what the courier collects, in rupees."""
        return from_paise(self.amount_paise)

    @property
    def fee(self) -> Decimal:
        """Return what of it is for paying at the door, in rupees."""
        return from_paise(self.fee_paise)

    @property
    def rounding(self) -> Decimal:
        """Return what that is more than the exact price, in rupees; negative if less."""
        return from_paise(self.amount_paise - self.due_paise)


class Strike(models.Model):
    """A parcel that its buyer did not take; known by e-mail, in small letters, and phone."""

    seller_order = models.OneToOneField(SellerOrder, models.PROTECT, related_name="strike")
    email = models.CharField(max_length=254, db_index=True)
    phone = models.CharField(max_length=20, db_index=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.seller_order_id}"
