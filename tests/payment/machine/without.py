"""The shop with one of its safeguards switched off, to show that the machine sees it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from storefront.payment.gateways.base import Movement, Session, Snapshot
from storefront.payment.gateways.stripe import StripeGateway


class WithoutKeys(StripeGateway):
    """Asks with another idempotency key each time."""

    def create(self, request: dict[str, Any], *, key: str) -> Session:
        return super().create(request, key=uuid4().hex)

    def refund(self, charge: str, *, amount_paise: int, key: str, refund_id: str) -> Movement:
        again = uuid4().hex
        return super().refund(charge, amount_paise=amount_paise, key=again, refund_id=refund_id)


class WithoutLookingAgain(StripeGateway):
    """Believes for ever what it saw when a page was paid or closed."""

    seen: dict[str, Snapshot] = {}

    def fetch(self, session: str, *, is_awaited: bool = False, is_first: bool = False) -> Snapshot:
        if session not in self.seen:
            found = super().fetch(session, is_awaited=is_awaited, is_first=is_first)
            if not found.captures:
                return found
            self.seen[session] = found
        return self.seen[session]


class WithoutLostMessages(StripeGateway):
    """Never asks what messages there were."""

    def events(self, *, since: datetime) -> Any:
        return iter(())
