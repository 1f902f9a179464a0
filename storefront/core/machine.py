"""A state machine is a table: from each state, where one may go."""

from collections.abc import Mapping
from typing import TypeVar

from storefront.core.refusals import Refusal

State = TypeVar("State", bound=str)


class IllegalMove(Refusal):
    """The thing is not in a state from which this can be done."""

    code = "illegal-move"


def check_move(table: Mapping[State, frozenset[State]], *, old: State, new: State) -> None:
    """
    Refuse a move that the table does not have.

    Raises:
        IllegalMove: `new` does not follow `old`.
    """
    if new not in table.get(old, frozenset()):
        raise IllegalMove(f"{old} → {new}")
