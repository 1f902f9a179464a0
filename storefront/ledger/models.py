"""Journals that balance and cannot be changed: the database itself sees to both."""

from django.db import models
from django.db.models import Q

from storefront.ledger.rules import Account, JournalKind
from storefront.order.models import Order
from storefront.partner.models import Partner


class Journal(models.Model):
    """One event that moved money. `key` is made from the event, so that it is written once."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(
        max_length=14, choices=[(kind.value, kind.value) for kind in JournalKind]
    )
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="journals")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """
    One line of a journal, in signed paise: debits are positive, credits negative.

    Triggers (migration 0001) refuse a journal that does not add up to nothing when the
    transaction ends, and any change of what is written.
    """

    journal = models.ForeignKey(Journal, models.PROTECT, related_name="entries")
    account = models.CharField(
        max_length=16, choices=[(account.value, account.value) for account in Account]
    )
    seller = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="entries")
    amount_paise = models.BigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(account__in=[account.value for account in Account]),
                name="ledger_account_is_known",
            ),
            models.CheckConstraint(condition=~Q(amount_paise=0), name="ledger_entry_is_money"),
            models.CheckConstraint(
                condition=Q(account=Account.SELLER_PAYABLE.value, seller__isnull=False)
                | (~Q(account=Account.SELLER_PAYABLE.value) & Q(seller__isnull=True)),
                name="ledger_only_payables_name_a_seller",
            ),
        )
        indexes = (models.Index(fields=("account", "seller"), name="ledger_by_account"),)

    def __str__(self) -> str:
        return f"{self.account} {self.amount_paise:+d}"
