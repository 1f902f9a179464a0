"""A payment provider in one module: all that another one needs, kept in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from storefront.core.clock import now, today
from storefront.ledger.rules import JournalKind
from storefront.payment.gateways.base import (
    BadSignature,
    BalanceRow,
    DisputeSeen,
    Event,
    GatewayRefused,
    Movement,
    Objection,
    PageRequest,
    PayoutSeen,
    Purchase,
    Session,
    SessionStatus,
    Snapshot,
    UnknownThere,
)
from storefront.payment.rules import MoneyKind, PayoutState, WayKind


@dataclass
class Page:
    """A payment page of the toy."""

    request: dict[str, Any]
    status: SessionStatus = SessionStatus.OPEN
    refunds: dict[str, Movement] = field(default_factory=dict)


class ToyPay:
    """A provider that a developer wrote this morning."""

    name = "toy"
    label = "Pay with a toy"
    kind = WayKind.PAGE
    signature_header = "Toy-Signature"
    pages: ClassVar[dict[str, Page]] = {}
    sent: ClassVar[dict[str, PayoutSeen]] = {}

    def why_not(self, purchase: Purchase) -> Objection | None:
        return None if purchase.total else Objection("nothing-to-pay", "There is nothing to pay.")

    def request(self, page: PageRequest) -> dict[str, Any]:
        return {"attempt": page.attempt, "paise": page.amount_paise}

    def create(self, request: dict[str, Any], *, key: str) -> Session:
        page = self.pages.setdefault(key, Page(request))
        if page.request != request:
            raise GatewayRefused("other-words")
        return Session(key, f"https://toy.example/{key}")

    def fetch(self, session: str, *, is_awaited: bool = False, is_first: bool = False) -> Snapshot:
        page = self._page(session)
        paid = Movement(f"charge:{session}", page.request["paise"], "inr")
        is_paid = page.status == SessionStatus.COMPLETE
        return Snapshot(
            session=session,
            status=page.status,
            attempt=page.request["attempt"],
            captures=(paid,) if is_paid else (),
            refunds=tuple(page.refunds.values()),
        )

    def expire(self, session: str) -> None:
        page = self._page(session)
        if page.status == SessionStatus.OPEN:
            page.status = SessionStatus.EXPIRED

    def refund(self, charge: str, *, amount_paise: int, key: str, refund_id: str) -> Movement:
        session = charge.removeprefix("charge:")
        made = Movement(key, amount_paise, "inr", state="succeeded", charge=charge, ours=refund_id)
        return self._page(session).refunds.setdefault(key, made)

    def verify(self, body: bytes, signature: str) -> Event:
        raise BadSignature("forged")

    def owner(self, charge: str) -> str:
        return str(self._page(charge.removeprefix("charge:")).request["attempt"])

    def warnings(self, charge: str) -> tuple[DisputeSeen, ...]:
        return ()

    def events(self, *, since: datetime) -> Iterator[Event]:
        return iter(())

    def balance(self, *, since: datetime | None) -> Iterator[BalanceRow]:
        for session in self.pages:
            seen = self.fetch(session)
            for paid in seen.captures:
                yield _row(paid.reference, MoneyKind.CAPTURE, paid.amount_paise)
            for back in seen.refunds:
                yield _row(back.reference, MoneyKind.REFUND, -back.amount_paise)
        for payout in self.sent.values():
            yield _row(payout.reference, JournalKind.PAYOUT, -payout.amount_paise)

    def payout(self, reference: str) -> PayoutSeen:
        if reference not in self.sent:
            raise UnknownThere("no-such-payout")
        return self.sent[reference]

    def payouts(self, *, since: datetime | None) -> Iterator[PayoutSeen]:
        yield from reversed(self.sent.values())

    def holds(self) -> int:
        return sum(row.amount_paise for row in self.balance(since=None))

    def pay_out(self, paise: int) -> str:
        """Send money to the shop's bank; return the reference of the payout."""
        reference = f"payout:{len(self.sent)}"
        self.sent[reference] = PayoutSeen(reference, paise, PayoutState.PAID, today(), now())
        return reference

    def pay(self, session: str) -> None:
        """Do what a buyer does on the page."""
        self._page(session).status = SessionStatus.COMPLETE

    def _page(self, session: str) -> Page:
        if session not in self.pages:
            raise UnknownThere("no-such-page")
        return self.pages[session]


def _row(source: str, kind: str, paise: int) -> BalanceRow:
    return BalanceRow(f"row:{source}", source, kind, paise, fee_paise=0, at=now())
