"""The worker's sign of life: it beats when it does this task."""

from django_tasks import task

from storefront.core.clock import now
from storefront.core.services import beat


@task()
def worker_beat() -> None:
    """Note that the worker takes tasks and does them."""
    beat("worker", now=now())
