"""A payment provider in one module: all that another one needs, kept in memory."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from storefront.payment.gateways.base import (
    BadSignature,
    Event,
    GatewayRefused,
    Movement,
    Objection,
    PageRequest,
    Purchase,
    Session,
    SessionStatus,
    Snapshot,
    UnknownThere,
)
from storefront.payment.rules import WayKind


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

    def pay(self, session: str) -> None:
        """Do what a buyer does on the page."""
        self._page(session).status = SessionStatus.COMPLETE

    def _page(self, session: str) -> Page:
        if session not in self.pages:
            raise UnknownThere("no-such-page")
        return self.pages[session]
