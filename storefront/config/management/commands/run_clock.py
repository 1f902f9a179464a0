"""The clock: what has to happen every few seconds, whatever else goes on."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from cms.taking_back import publish_due
from storefront.consent.services import follow_all
from storefront.core.clock import now
from storefront.core.services import beat, pick_up_dropped
from storefront.core.tasks import worker_beat
from storefront.fulfilment.services import count_as_arrived
from storefront.payment.services import (
    catch_up,
    compare,
    forget_starts,
    look_at_payouts,
    poll,
    sweep,
    tell_who_has_not_paid,
)
from storefront.search.services import collect_terms, forget_misses, index_a_share
from storefront.stock.services import end_overdue
from storefront.wishes.services import forget_alerts, tell_waiting

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Duty:
    """Something to do every so many seconds."""

    name: str
    every: int
    do: Callable[[datetime], object]
    due: float = 0.0


def duties() -> list[Duty]:
    """Return all that the clock does."""
    return [
        Duty("beat", 20, lambda at: beat("clock", now=at)),
        Duty("worker", 30, lambda at: worker_beat.enqueue()),
        Duty("pick up dropped tasks", 60, lambda at: pick_up_dropped(now=at)),
        Duty("poll payments", 20, lambda at: poll(now=at)),
        Duty("end unpaid orders", 30, lambda at: sweep(now=at)),
        Duty("tell who has not paid", 30, lambda at: tell_who_has_not_paid(now=at)),
        Duty("count parcels as arrived", 300, lambda at: count_as_arrived(now=at)),
        Duty("end overdue holds", 20, lambda at: end_overdue(now=at)),
        Duty("tell who waits for a piece", 60, lambda at: tell_waiting(now=at)),
        Duty("forget old alerts", 24 * 3600, lambda at: forget_alerts(now=at)),
        Duty("ask for lost messages", 3600, lambda at: catch_up(now=at)),
        Duty("look at payouts", 24 * 3600, lambda at: look_at_payouts(now=at)),
        Duty("compare with the provider", 24 * 3600, lambda at: compare(now=at)),
        Duty("forget old counts", 3600, lambda at: forget_starts(now=at)),
        Duty("follow the consent ledger", 60, lambda at: follow_all(now=at)),
        Duty("publish scheduled pages", 60, lambda at: publish_due(now=at)),
        Duty("collect words on show", 600, lambda at: collect_terms()),
        Duty("index a share of the products", 60, lambda at: index_a_share(now=at)),
        Duty("forget old searches", 3600, lambda at: forget_misses(now=at)),
        Duty("forget old tasks", 3600, lambda at: call_command("prune_db_task_results")),
    ]


class Command(BaseCommand):
    """Run the clock until it is stopped, or once."""

    help = "Do the recurring work: payments, unpaid orders, scheduled pages."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --once."""
        parser.add_argument("--once", action="store_true", help="do everything once and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due; a fault in one duty does not keep the others from being done."""
        work = duties()
        while True:
            for duty in work:
                if time.monotonic() >= duty.due:
                    _do(duty)
            if options["once"]:
                return
            time.sleep(1)


def _do(duty: Duty) -> None:
    duty.due = time.monotonic() + duty.every
    try:
        close_old_connections()
        duty.do(now())
        beat(duty.name, now=now(), every=duty.every)
    except Exception:  # the clock must outlive any single fault
        logger.exception("the clock could not: %s", duty.name)
