"""The worker's sign of life, and which tasks it takes before others."""

from django_tasks import task

from storefront.core.clock import now
from storefront.core.services import beat

# A worker takes the task with the highest priority first. Letters and money have the usual 0: they
# wait for no picture, and the sign of life waits for nothing.
FIRST = 50
LAST = -50


@task(priority=FIRST)
def worker_beat() -> None:
    """Note that the worker takes tasks and does them."""
    beat("worker", now=now())
