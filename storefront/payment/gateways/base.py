"""What the shop asks of a way to pay, and of a payment provider."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from storefront.core.refusals import Refusal
from storefront.payment.models import PaymentTerms
from storefront.payment.rules import PayoutState, WayKind


class GatewayDown(Refusal):
    """The provider cannot be reached, or answered with its own fault; ask again later."""

    code = "gateway-down"


class GatewayRefused(Refusal):
    """The provider will not do this, however often it is asked; `reason` is its code."""

    code = "gateway-refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownThere(GatewayRefused):
    """The provider has no such page or charge, so no money can come or go by it."""


class BadSignature(Refusal):
    """A message that does not come from the provider, or is no message; `reason` says how."""

    code = "bad-signature"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SessionStatus(StrEnum):
    """Where the provider's payment page stands."""

    OPEN = "open"
    PROCESSING = "processing"
    COMPLETE = "complete"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Session:
    """A payment page at the provider: its reference and its address."""

    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class Movement:
    """
    Money at the provider, in paise, always positive.

    A refund has a `state`, its `charge`, and `ours`: our own id, if the shop asked for it.
    """

    reference: str
    amount_paise: int
    currency: str
    state: str = ""
    charge: str = ""
    ours: str = ""


@dataclass(frozen=True, slots=True)
class DisputeSeen:
    """What a buyer's bank says of a charge; what it took and gave back, in paise."""

    reference: str
    charge: str
    amount_paise: int
    reason: str
    status: str
    due_by: datetime | None = None
    taken_paise: int = 0
    returned_paise: int = 0
    fees: tuple[Movement, ...] = ()


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One row of the provider's own books, in signed paise; `kind` is ours, or empty."""

    reference: str
    source: str
    kind: str
    amount_paise: int
    fee_paise: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PayoutSeen:
    """Money the provider sends to our bank, in paise; negative: what we owe it is taken there."""

    reference: str
    amount_paise: int
    state: PayoutState
    arrives_on: date
    made_at: datetime
    # Why our bank sent it back, in the provider's word
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The truth at the provider about one attempt, at this moment."""

    session: str
    status: SessionStatus
    attempt: str
    captures: tuple[Movement, ...]
    refunds: tuple[Movement, ...]
    failure: str = ""
    # What the provider kept, by the references of its own balance rows
    fees: tuple[Movement, ...] = ()
    disputes: tuple[DisputeSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A message from the provider. `attempt_hint` is our own id, if the message carries it."""

    id: str
    type: str
    object_id: str
    attempt_hint: str
    livemode: bool
    charge: str = ""
    # Whose it is, if it is not the shop's own
    account: str = ""


@dataclass(frozen=True, slots=True)
class Purchase:
    """
    What decides whether a way to pay is offered; the total in rupees, before the way's own charge.

    `terms` are those of the day. What is not known yet (PIN, e-mail, phone) is empty and speaks
    against nothing.
    """

    total: Decimal
    terms: PaymentTerms | None = None
    lead_days: int = 0
    pin: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a way to pay is not offered: a name for programs, and words for the buyer."""

    code: str
    text: str


class Way(Protocol):
    """
    A way to pay, named in the setting `PAYMENT_WAYS`.

    `name` stands in our rows and in the API, and never changes; `label` is read by buyers.
    """

    name: str
    label: Any
    kind: WayKind

    def why_not(self, purchase: Purchase) -> Objection | None:
        """Return why this cannot be paid so, in the reader's language; nothing if it can."""
        ...


class Gateway(Way, Protocol):
    """
    A payment provider with a page of its own.

    Every call may raise `GatewayDown`; those that change something are safe to repeat with
    the same key. No caller may hold a database transaction open.
    """

    # The header in which its messages carry their signature
    signature_header: str

    def request(self, page: "PageRequest") -> dict[str, Any]:
        """Return the body that opens a payment page, as plain values to be kept."""
        ...

    def create(self, request: dict[str, Any], *, key: str) -> Session:
        """Open a payment page. Raises: GatewayRefused."""
        ...

    def fetch(self, session: str, *, is_awaited: bool = False, is_first: bool = False) -> Snapshot:
        """
        Return the truth about a payment page; `is_awaited`: a buyer waits, give up in seconds.

        `is_first`: no charge of it is known yet, so no refund need be looked for that came to
        nothing.

        Raises: GatewayRefused, UnknownThere.
        """
        ...

    def expire(self, session: str) -> None:
        """Close a payment page; one that is closed already is no error."""
        ...

    def refund(self, charge: str, *, amount_paise: int, key: str, refund_id: str) -> Movement:
        """Give money back. Raises: GatewayRefused."""
        ...

    def verify(self, body: bytes, signature: str) -> Event:
        """Return the message if it is the provider's. Raises: BadSignature."""
        ...


class Provider(Gateway, Protocol):
    """A provider that holds our money and keeps books of its own, which can be compared."""

    def owner(self, charge: str) -> str:
        """Return our own id of the attempt a charge belongs to; empty if it says none."""
        ...

    def warnings(self, charge: str) -> tuple[DisputeSeen, ...]:
        """Return the warnings of fraud about a charge."""
        ...

    def events(self, *, since: datetime) -> Iterator[Event]:
        """Return the messages about money made since, whether they were delivered or not."""
        ...

    def balance(self, *, since: datetime | None) -> Iterator[BalanceRow]:
        """Return the rows of the provider's books made since, or all; the newest first."""
        ...

    def payout(self, reference: str) -> PayoutSeen:
        """Return the truth about a payout to our bank. Raises: GatewayRefused, UnknownThere."""
        ...

    def payouts(self, *, since: datetime | None) -> Iterator[PayoutSeen]:
        """Return the payouts to our bank made since, or all; the newest first."""
        ...

    def holds(self) -> int | None:
        """Return what it has of ours at this moment, in paise; nothing if it does not say."""
        ...


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a payment page must know about an order. Amount in paise."""

    attempt: str
    order_number: str
    amount_paise: int
    email: str
    language: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    name: str
    phone: str
    address: dict[str, str]
    pieces: int
