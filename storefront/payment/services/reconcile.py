"""Once a day the provider's books are laid beside ours; every difference waits for a person."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from storefront.payment.gateways.base import BalanceRow, Provider, UnknownThere
from storefront.payment.gateways.registry import providers
from storefront.payment.models import (
    Difference,
    MoneyMovement,
    PaymentAttempt,
    ProviderPayout,
    ReconciliationRun,
)
from storefront.payment.rules import MoneyKind, PayoutState, payout_rows

logger = logging.getLogger(__name__)
BALANCE = "balance"
# Two days, so that a day on which the clock stood still is compared too.
WINDOW = timedelta(days=2)
# Our row of a message that came late is younger than the provider's.
LATE = timedelta(days=7)
# The provider may know of money that the next look of ours will book.
YOUNG = timedelta(minutes=15)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that stands otherwise in the two books, in signed paise."""

    kind: str
    reference: str
    ours: int | None
    theirs: int | None

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}: ours {self.ours}, provider {self.theirs}"


def compare(*, now: datetime) -> int:
    """
    Compare the last days with the providers' books; return how many differences are new.

    Nothing is put right here, and nothing refunded. No transaction may be open.

    Raises:
        GatewayDown: the provider cannot be asked.
    """
    return sum(_compare(provider, now) for provider in providers())


def _compare(provider: Provider, now: datetime) -> int:
    since = now - WINDOW
    theirs = list(provider.balance(since=since - LATE))
    ours = our_rows(provider.name, since=since, until=now - YOUNG)
    run = ReconciliationRun.objects.create(
        kind=BALANCE, since=since, until=now, seen=len(theirs), finished_at=now
    )
    found = [
        *missing_here(provider, [row for row in theirs if since <= row.at < now - YOUNG]),
        *missing_there(theirs, ours),
    ]
    return sum(_write(run, each) for each in found)


def missing_here(provider: Provider, theirs: Iterable[BalanceRow]) -> Iterator[Mismatch]:
    """Return what the provider has and we have not, or otherwise."""
    moved = _sums(theirs)
    ours = our_rows(provider.name, references={reference for _, reference in moved})
    for (kind, reference), paise in moved.items():
        mine = ours.get((kind, reference))
        if mine == paise:
            continue
        is_orphan = mine is None and kind == MoneyKind.CAPTURE and _is_nobodys(provider, reference)
        yield Mismatch("orphan_money" if is_orphan else kind, reference, mine, paise)


def missing_there(theirs: Iterable[BalanceRow], ours: Mapping[Key, int]) -> Iterator[Mismatch]:
    """Return what we booked and the provider never had."""
    known = _sums(theirs)
    for (kind, reference), paise in ours.items():
        if (kind, reference) not in known:
            yield Mismatch(kind, reference, paise, None)


def our_rows(
    provider: str,
    *,
    references: Collection[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> dict[Key, int]:
    """Return what our books have at a provider in signed paise: all, some, or of a time."""
    money = MoneyMovement.objects.filter(provider=provider).order_by("pk")
    payouts = ProviderPayout.objects.filter(provider=provider).order_by("pk")
    if references is not None:
        money = money.filter(reference__in=references)
        payouts = payouts.filter(reference__in=references)
    if since is not None:
        money, payouts = money.filter(at__gte=since), payouts.filter(made_at__gte=since)
    if until is not None:
        money, payouts = money.filter(at__lt=until), payouts.filter(made_at__lt=until)
    rows: dict[Key, int] = {
        (kind, reference): paise
        for kind, reference, paise in money.values_list("kind", "reference", "amount_paise")
    }
    for reference, paise, state in payouts.values_list("reference", "amount_paise", "state"):
        for kind, moved in payout_rows(paise, PayoutState(state)).items():
            rows[kind, reference] = moved
    return rows


def _sums(theirs: Iterable[BalanceRow]) -> dict[Key, int]:
    """Return the provider's paise by kind and reference: money, and what it kept of it."""
    moved: defaultdict[Key, int] = defaultdict(int)
    for row in theirs:
        if not row.kind:
            continue  # money that the provider keeps back for a while, say
        moved[row.kind, row.source] += row.amount_paise
        if row.fee_paise:
            moved[MoneyKind.FEE, row.reference] -= row.fee_paise
    return moved


def _is_nobodys(provider: Provider, charge: str) -> bool:
    """Return whether a charge belongs to no attempt of this shop."""
    try:
        owner = provider.owner(charge)
    except UnknownThere:
        return True
    try:
        return not PaymentAttempt.objects.filter(pk=UUID(owner)).exists()
    except ValueError:
        return True


def _write(run: ReconciliationRun, found: Mismatch) -> bool:
    """Write a difference once, and raise the alarm."""
    _, is_new = Difference.objects.get_or_create(
        kind=found.kind,
        reference=found.reference,
        defaults={"run": run, "ours_paise": found.ours, "theirs_paise": found.theirs},
    )
    if is_new:
        logger.error("difference: %s", found)
    return is_new
