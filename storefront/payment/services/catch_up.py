"""What messages were lost is asked for: the provider keeps a list of what it told."""

from datetime import datetime, timedelta

from storefront.payment.gateways.registry import providers
from storefront.payment.models import ReconciliationRun
from storefront.payment.queries import last_run
from storefront.payment.services.events import keep

EVENTS = "events"
# The lists of two hours overlap, since a provider may write down a message late.
OVERLAP = timedelta(hours=1)
# The provider forgets after 30 days.
FIRST_LOOK = timedelta(days=29)


def catch_up(*, now: datetime) -> int:
    """
    Put every message since the last catch-up into the inbox; return how many were new.

    Run every hour, it makes up for days in which no message came. No transaction may be open.

    Raises:
        GatewayDown: the provider cannot be asked; the next run starts where this one did.
    """
    last = last_run(EVENTS)
    since = max(last.until - OVERLAP, now - FIRST_LOOK) if last else now - FIRST_LOOK
    seen = new = 0
    for provider in providers():
        for event in provider.events(since=since):
            seen += 1
            new += keep(event, provider=provider.name) is not None
    ReconciliationRun.objects.create(
        kind=EVENTS, since=since, until=now, seen=seen, finished_at=now
    )
    return new
