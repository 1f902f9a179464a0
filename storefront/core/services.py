"""Signs of life, what was refused, and tasks that failed or whose worker died."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from storefront.core.clock import now as clock_now
from storefront.core.clock import today
from storefront.core.compiled import compiled
from storefront.core.models import Heartbeat, Refused

# No task takes this long: one that still runs has lost its worker.
DROPPED_AFTER = timedelta(minutes=10)
MOST_WORKERS = 3


class WorkersDied(Exception):
    """A task ended worker after worker, and is given up; it stands among the failed ones."""


def beat(name: str, *, now: datetime, every: int = 0) -> None:
    """Note that a background job did its work; it is due again after `every` seconds."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "every": every})


def count_refused(door: str, reason: str) -> None:
    """Count a request that a door (`provider`, `api` or `pages`) refused today."""
    counted = Refused.objects.filter(day=today(), door=door, reason=reason)
    if not counted.update(count=F("count") + 1):
        first = Refused(day=today(), door=door, reason=reason)
        Refused.objects.bulk_create([first], ignore_conflicts=True)
        counted.update(count=F("count") + 1)


def ask_once(task: Task[[], None], *, after: timedelta) -> None:
    """
    Ask the worker to do a task after a while, unless it was asked to and has not begun.

    Called when what the task is to find is committed: then one that has not begun will find it.
    """
    if not task.get_backend().supports_defer:
        task.enqueue()
    elif not _asked(task.module_path):
        task.using(run_after=clock_now() + after).enqueue()


@compiled
def _asked(task: str) -> QuerySet[DBTaskResult[..., Any], UUID]:
    waiting = DBTaskResult.objects.filter(task_path=task, status=TaskResultStatus.READY)
    return waiting.order_by().values_list("pk", flat=True)[:1]


def retry_task(task_id: UUID, *, now: datetime) -> bool:
    """Let the worker do a failed task once more; return whether it was still failed."""
    failed = DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.FAILED)
    return bool(
        failed.update(
            status=TaskResultStatus.READY,
            run_after=now,
            finished_at=None,
            exception_class_path="",
            traceback="",
            worker_ids=[],
        )
    )


@transaction.atomic(durable=True)
def pick_up_dropped(*, now: datetime) -> None:
    """Give the tasks of killed workers to the next one; all our tasks may be done twice."""
    dropped = DBTaskResult.objects.running().filter(started_at__lt=now - DROPPED_AFTER)
    for task in dropped.order_by("pk").select_for_update(skip_locked=True):
        if len(task.worker_ids) >= MOST_WORKERS:
            task.set_failed(WorkersDied(f"{len(task.worker_ids)} workers died with it"))
        else:
            DBTaskResult.objects.filter(pk=task.pk).update(status="READY")
