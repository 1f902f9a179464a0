"""The worker's part of payments."""

from datetime import timedelta

from django_tasks import task

from storefront.core.clock import now
from storefront.core.services import ask_once
from storefront.payment import services
from storefront.payment.services.events import AT_ONCE

# By then the buyer is mostly back from the payment page, and the shop has looked for itself; and
# what a provider has to say of one payment has come together.
WORKED_AFTER = timedelta(seconds=2)


@task()
def work_messages() -> None:
    """Act on the messages from providers that wait; very many are worked by several tasks."""
    if services.work_waiting(now=now()) == AT_ONCE:
        ask_once(work_messages, after=timedelta())
