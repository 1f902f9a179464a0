"""How much one person may wish for, and the life of a stock alert."""

from datetime import timedelta
from enum import StrEnum

MOST_WISHES = 200
MOST_ALERTS = 30
# Letters to an address that nobody confirmed: so many a day, and so many an hour from one caller.
LETTERS_A_DAY = 3
LETTERS_AN_HOUR = 10
# An address that nobody confirmed, and one that was written to, are not kept for ever.
UNCONFIRMED_KEPT = timedelta(days=7)
ENDED_KEPT = timedelta(days=90)


class AlertState(StrEnum):
    """Whether we may write, and whether we have."""

    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    TOLD = "told"
    ENDED = "ended"


_S = AlertState
ALERT_MOVES: dict[AlertState, frozenset[AlertState]] = {
    _S.UNCONFIRMED: frozenset({_S.WAITING, _S.ENDED}),
    _S.WAITING: frozenset({_S.TOLD, _S.ENDED}),
    _S.TOLD: frozenset(),
    _S.ENDED: frozenset(),
}
OPEN = (AlertState.UNCONFIRMED, AlertState.WAITING)


def may_move(old: AlertState, new: AlertState) -> bool:
    """Return whether an alert in the first state may come into the second."""
    return new in ALERT_MOVES[old]
