"""
`make chaos`: kill the shop again and again while people buy, and add everything up afterwards.

The shop is the one that `make run` starts, in var/chaos. Several clients buy by HTML and by the
API; meanwhile web server, worker and PostgreSQL are killed (SIGKILL) at random moments, and once
everything, the launcher included. Then the jobs run, and `manage.py audit_money` must find nothing.
"""

import argparse
import asyncio
import json
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import count

from benchmarks.browser import UnexpectedError
from benchmarks.launched import PARTS, LaunchedShop
from benchmarks.processes import BenchmarkError
from benchmarks.wire import LOOPBACK, Connection
from benchmarks.zila import api_journey, journey
from storefront.config.environment import read_environment
from storefront.config.up.launch import CannotStartError, alone
from storefront.config.up.screen import say, step

BUYERS = 6
PRODUCTS = 40
RECOVERS_WITHIN = 120
# A checkout that a dead server never answers is given up by its buyer.
PATIENCE = 40
REST = "benchmarks.zila.rest"


@dataclass(slots=True)
class Tally:
    """What happened."""

    tried: int = 0
    seen_confirmed: int = 0
    broken_off: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    recovered: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    why: Counter[str] = field(default_factory=Counter)


class Chaos:
    """One run: so many checkouts, so many kills of each part."""

    def __init__(self, shop: LaunchedShop, *, checkouts: int, kills: int, seed: int) -> None:
        self.shop = shop
        self.tally = Tally()
        self._checkouts = checkouts
        self._random = random.Random(seed)
        self._numbers = count()
        self._begun: asyncio.Queue[int] = asyncio.Queue()
        self._products: list[tuple[str, int]] = []
        wanted = [part for part in PARTS if part != "everything"] * kills + ["everything"]
        self._random.shuffle(wanted)
        self._to_kill = wanted
        # The shop is not killed before so many checkouts were tried, evenly over the run.
        self._pause = checkouts / (len(wanted) + 1)

    async def run(self) -> None:
        """Buy and kill until all checkouts were tried."""
        told = self.shop.ask(REST, "stock", str(PRODUCTS))
        self._products = [(path, number) for path, number in told]
        await asyncio.gather(self._kill_now_and_then(), *map(self._buy, range(BUYERS)))

    async def _buy(self, buyer: int) -> None:
        buy = (journey.buy, api_journey.buy)[buyer % 2]
        while (number := next(self._numbers)) < self._checkouts:
            first, second = (self._products[(number * 7 + n) % PRODUCTS] for n in (0, 3))
            shop, bank = Connection(self.shop.port), Connection(self.shop.bank_port)
            await self._until_it_listens()
            self.tally.tried += 1
            self._begun.put_nowait(number)
            try:
                await asyncio.wait_for(buy(shop, bank, first, second), PATIENCE)
                self.tally.seen_confirmed += 1
            except (OSError, UnexpectedError, TimeoutError, ValueError, KeyError) as error:
                self.tally.broken_off += 1
                self.tally.why[f"{type(error).__name__}: {error}"[:90]] += 1
                await asyncio.sleep(2)  # a person looks at the words before they try again
            finally:
                shop.close()
                bank.close()

    async def _until_it_listens(self) -> None:
        """Wait as a buyer does who cannot even begin: that is no checkout."""
        for _ in range(RECOVERS_WITHIN * 2):
            try:
                _, link = await asyncio.open_connection(LOOPBACK, self.shop.port)
            except OSError:
                await asyncio.sleep(0.5)
            else:
                link.close()
                return

    async def _kill_now_and_then(self) -> None:
        for turn, part in enumerate(self._to_kill, start=1):
            while self.tally.tried < min(turn * self._pause, self._checkouts - BUYERS):
                await self._begun.get()
            await asyncio.sleep(self._random.random())
            begin = time.monotonic()
            await asyncio.to_thread(self.shop.kill, part)
            self.tally.kills[part] += 1
            if part == "everything":
                await asyncio.to_thread(self.shop.open)
            await self._until_it_answers(begin)
            self.tally.recovered[part].append(time.monotonic() - begin)

    async def _until_it_answers(self, begin: float) -> None:
        while time.monotonic() - begin < RECOVERS_WITHIN:
            link = Connection(self.shop.port)
            try:
                await asyncio.wait_for(api_journey.call(link, "GET", "states", None, status=200), 5)
                if await asyncio.to_thread(self.shop.is_whole):
                    return
            except (OSError, UnexpectedError, TimeoutError):
                pass
            finally:
                link.close()
            await asyncio.sleep(0.2)
        raise BenchmarkError(f"the shop is not whole again after {RECOVERS_WITHIN} s")


def main(words: list[str]) -> int:
    """Run it; return 0 if everything adds up."""
    options = _options(words)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    folder = read_environment().var_dir.resolve() / "chaos"
    folder.mkdir(parents=True, exist_ok=True)
    shop = LaunchedShop(folder)
    journey.ORIGIN = f"http://{LOOPBACK}:{shop.port}"
    try:
        with alone(folder / "chaos.lock", "its chaos"), step("buying and killing"):
            return _run(shop, options)
    except (BenchmarkError, CannotStartError) as error:
        say(f"Stopped before the end: {error}")
        return 1
    except KeyboardInterrupt:
        return 1


def _run(shop: LaunchedShop, options: argparse.Namespace) -> int:
    begin = time.monotonic()
    try:
        shop.open()
        chaos = Chaos(shop, checkouts=options.checkouts, kills=options.kills, seed=options.seed)
        asyncio.run(chaos.run())
        rest = shop.ask(REST, "jobs")
        code, said = shop.audit()
    finally:
        shop.close()
    _tell(chaos.tally, rest, said, time.monotonic() - begin)
    return 1 if code or rest["waiting"] or rest["stock differences"] else 0


def _tell(tally: Tally, rest: dict[str, int], said: str, seconds: float) -> None:
    rows = [
        ("checkouts tried", tally.tried),
        ("… seen confirmed by the buyer", tally.seen_confirmed),
        ("… broken off by a kill", tally.broken_off),
        ("orders that still waited afterwards", rest["waited"]),
        ("orders confirmed in the end", rest["confirmed"]),
        ("orders cancelled in the end", rest["cancelled"]),
        ("charges at the provider, all booked", rest["charges"]),
        ("charges sent back", rest["sent back"]),
        ("stock records that do not add up", rest["stock differences"]),
    ]
    say()
    for name, number in rows:
        say(f"  {name:<40}{number:>8}")
    for part, times in sorted(tally.recovered.items()):
        told = ", ".join(f"{each:.1f}" for each in sorted(times))
        say(f"  killed: {part:<32}{tally.kills[part]:>8}   seconds until whole again: {told}")
    for why, number in tally.why.most_common(6):
        say(f"  {number:>4} × {why}")
    say(f"  audit_money: {said}")
    say(json.dumps({"seconds": round(seconds), **rest}))


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--checkouts", type=int, default=500)
    parser.add_argument("--kills", type=int, default=3, help="of each part")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
