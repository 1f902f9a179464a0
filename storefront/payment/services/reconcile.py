"""Once a day the provider's books are laid beside ours; every difference waits for a person."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from storefront.payment.gateways.base import BalanceRow, Provider, UnknownThere
from storefront.payment.gateways.registry import providers
from storefront.payment.models import (
    Difference,
    MoneyMovement,
    PaymentAttempt,
    ReconciliationRun,
)
from storefront.payment.rules import MoneyKind

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
    ours = MoneyMovement.objects.filter(provider=provider.name, at__gte=since - LATE)
    run = ReconciliationRun.objects.create(
        kind=BALANCE, since=since, until=now, seen=len(theirs), finished_at=now
    )
    found = [
        *missing_here(provider, [row for row in theirs if since <= row.at < now - YOUNG]),
        *missing_there(theirs, ours.filter(at__gte=since, at__lt=now - YOUNG)),
    ]
    return sum(_write(run, each) for each in found)


def missing_here(provider: Provider, theirs: Iterable[BalanceRow]) -> Iterator[Mismatch]:
    """Return what the provider has and we have not, or otherwise."""
    moved = _sums(theirs)
    ours = _ours(provider.name, moved)
    for (kind, reference), paise in moved.items():
        mine = ours.get((kind, reference))
        if mine == paise:
            continue
        is_orphan = mine is None and kind == MoneyKind.CAPTURE and _is_nobodys(provider, reference)
        yield Mismatch("orphan_money" if is_orphan else kind, reference, mine, paise)


def missing_there(
    theirs: Iterable[BalanceRow], ours: Iterable[MoneyMovement]
) -> Iterator[Mismatch]:
    """Return what we booked and the provider never had."""
    known = _sums(theirs)
    for row in ours:
        if (row.kind, row.reference) not in known:
            yield Mismatch(row.kind, row.reference, row.amount_paise, None)


def _sums(theirs: Iterable[BalanceRow]) -> dict[Key, int]:
    """Return the provider's paise by kind and reference: money, and what it kept of it."""
    moved: defaultdict[Key, int] = defaultdict(int)
    for row in theirs:
        if not row.kind:
            continue  # a payout to our bank, say: no buyer's money
        moved[row.kind, row.source] += row.amount_paise
        if row.fee_paise:
            moved[MoneyKind.FEE, row.reference] -= row.fee_paise
    return moved


def _ours(provider: str, keys: Iterable[Key]) -> dict[Key, int]:
    references = {reference for _, reference in keys}
    rows = MoneyMovement.objects.filter(provider=provider, reference__in=references)
    return {(row.kind, row.reference): row.amount_paise for row in rows}


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
