"""The worker's part of payments."""

from django_tasks import task

from storefront.payment.services import events


@task()
def work_event(event_id: int) -> None:
    """Act on a message from the provider."""
    events.work(event_id)
