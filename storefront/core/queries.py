"""Which background jobs are late, and which tasks failed."""

from datetime import datetime, timedelta
from typing import Any

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from storefront.core.models import Heartbeat

# A job may miss two turns: the clock starts anew with every deployment.
TURNS = 3


def late_jobs(*, now: datetime) -> list[str]:
    """Return the names of the jobs that should have run by now; a young one is not late."""
    beats = Heartbeat.objects.filter(every__gt=0).order_by("name")
    return [each.name for each in beats if each.at + TURNS * timedelta(seconds=each.every) < now]


def failed_tasks(most: int) -> "list[DBTaskResult[Any, Any]]":
    """Return the last tasks (letters above all) that the worker could not do."""
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    return list(failed.order_by("-finished_at", "pk")[:most])
