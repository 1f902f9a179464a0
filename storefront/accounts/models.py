"""One person, one login."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from oscar.apps.customer.abstract_models import AbstractUser

from storefront.accounts.rules import Purpose


class User(AbstractUser):
    """
    A buyer, editor, seller or staff member, known by e-mail address.

    `language` is that of their letters; empty, while they have not chosen: that of the moment.
    """

    language = models.CharField(max_length=2, choices=settings.LANGUAGES, blank=True)

    class Meta(AbstractUser.Meta):
        abstract = False
        swappable = "AUTH_USER_MODEL"


class Consent(models.Model):
    """
    What somebody allowed us, or no longer does; a row for each change, none is ever changed.

    `notice` names the words they had before them, so that we can show what they agreed to.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Purpose])
    is_given = models.BooleanField()
    notice = models.CharField(max_length=12)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]),
                name="accounts_purpose_is_known",
            ),
        )
        indexes = (models.Index(fields=("user", "purpose", "-id"), name="accounts_last_consent"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.is_given} {self.at:%Y-%m-%d}"
