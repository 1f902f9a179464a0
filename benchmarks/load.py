"""Pressing a server with a number of clients for a while, and counting what it answers."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from benchmarks.browser import UnexpectedError

CLIENTS = (1, 8, 32)


class Client(Protocol):
    """Somebody who wants the same thing again and again."""

    async def once(self) -> None:
        """Do it once. Raises: ConnectionError or UnexpectedError: it did not work."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


@dataclass(slots=True)
class Point:
    """What one press gave. `taken` are the milliseconds of each thing done, in order of size."""

    clients: int
    seconds: float = 0.0
    taken: list[float] = field(default_factory=list)
    failed: int = 0
    unanswered: int = 0
    why: str = ""

    @property
    def rate(self) -> float:
        """Return how many were done in a second."""
        return len(self.taken) / self.seconds if self.seconds else 0.0

    def percentile(self, percent: int) -> float | None:
        """Return the milliseconds within which so many per cent were done, by nearest rank."""
        if not self.taken:
            return None
        rank = -(-len(self.taken) * percent // 100)
        return self.taken[max(rank, 1) - 1]


async def press(
    make: Callable[[int], Client], *, clients: int, seconds: float, patience: float
) -> Point:
    """
    Let so many clients do their thing for so long.

    Nothing is begun after `seconds`; what is under way then is waited for, but not longer than
    `patience` seconds more.
    """
    point = Point(clients)
    started = [make(number) for number in range(clients)]
    begin = time.perf_counter()
    ends = begin + seconds
    tasks = [asyncio.create_task(_repeat(client, point, ends)) for client in started]
    _, waiting = await asyncio.wait(tasks, timeout=seconds + patience)
    point.seconds = time.perf_counter() - begin
    point.unanswered = len(waiting)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for client in started:
        client.close()
    point.taken.sort()
    return point


async def _repeat(client: Client, point: Point, ends: float) -> None:
    while (begin := time.perf_counter()) < ends:
        try:
            await client.once()
        except (ConnectionError, UnexpectedError) as error:
            point.failed += 1
            point.why = point.why or str(error)
            await asyncio.sleep(0.01)  # a server that refuses everything must not be hammered
        else:
            point.taken.append((time.perf_counter() - begin) * 1000)
