"""Who is buying, as far as the limits of offers and vouchers go."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from oscar.apps.voucher.models import Voucher

from storefront.discounts.models import Use


@dataclass(frozen=True, slots=True)
class Shopper:
    """A person: known by their account, by their e-mail, or not yet at all."""

    user_id: int | None = None
    email: str = ""

    @property
    def uses(self) -> QuerySet[Use]:
        """Return the person's uses of offers that count."""
        who = Q(pk=None)
        if self.user_id:
            who |= Q(user=self.user_id)
        if self.email:
            who |= Q(email=self.email.lower())
        return Use.objects.filter(who, is_counted=True)

    def used(self, offer_ids: list[int]) -> dict[int, int]:
        """Return how often the person used these offers, those never used left out."""
        if not offer_ids or not (self.user_id or self.email):
            return {}
        rows = self.uses.filter(offer__in=offer_ids).values_list("offer").order_by("offer")
        return dict(rows.annotate(times=Sum("times")))


def with_uses(vouchers: QuerySet[Voucher], shopper: Shopper) -> QuerySet[Voucher]:
    """Return vouchers that know whether anybody, and whether this person, used them."""
    of_voucher = Q(voucher=OuterRef("pk"))
    return vouchers.annotate(
        is_used=Exists(Use.objects.filter(of_voucher, is_counted=True)),
        is_used_by_you=Exists(shopper.uses.filter(of_voucher)),
    )
