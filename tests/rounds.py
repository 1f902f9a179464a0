"""
Threads that race round after round over the same connections.

A round is then a few milliseconds of work, so that fifty of them are quick: a new thread would
open a new connection each time, which takes longer than the race.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection

from storefront.basket.services import BasketIsClosed
from storefront.checkout.services import BasketHasProblems, TotalChanged
from storefront.stock.queries import differences
from storefront.stock.services import SoldOut, StockChangedMeanwhile

ROUNDS = 50
EXPECTED = (BasketHasProblems, BasketIsClosed, SoldOut, StockChangedMeanwhile, TotalChanged)
Race = Callable[..., list[object]]


@contextmanager
def racing(threads: int) -> Iterator[Race]:
    """Give a function that starts so many jobs together and returns results or refusals."""
    with ThreadPoolExecutor(threads) as pool:
        barrier = Barrier(threads)

        def run(job: Callable[[], object]) -> object:
            barrier.wait()
            return outcome(job)

        try:
            yield lambda *jobs: list(pool.map(run, jobs))
        finally:
            list(pool.map(_close, [barrier] * threads))


def outcome(job: Callable[[], object]) -> object:
    """Return a job's result, or why it was refused; anything else flies."""
    try:
        return job()
    except EXPECTED as refusal:
        return refusal


def done(results: Sequence[object]) -> int:
    """Return how many jobs were not refused."""
    return sum(not isinstance(result, EXPECTED) for result in results)


def check_books() -> None:
    """Say that the rows add up; the database itself refuses to promise more than there is."""
    assert differences() == []


def _close(barrier: Barrier) -> None:
    barrier.wait()  # so that each thread closes its own
    connection.close()
