"""A task whose worker was killed is done by another; one that kills its workers is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult, get_date_max

from storefront.core.services import pick_up_dropped

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


def running(*, since: timedelta, workers: int = 1) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="RUNNING",
        started_at=NOON - since,
        worker_ids=[f"worker-{number}" for number in range(workers)],
        task_path="storefront.core.tasks.worker_beat",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=get_date_max(),
    )


@pytest.mark.django_db
def test_a_killed_workers_task_waits_for_the_next_worker() -> None:
    task = running(since=timedelta(minutes=11))

    pick_up_dropped(now=NOON)

    assert list(DBTaskResult.objects.ready()) == [task]


@pytest.mark.django_db
def test_a_task_that_has_just_begun_is_left_to_its_worker() -> None:
    task = running(since=timedelta(minutes=9))

    pick_up_dropped(now=NOON)

    assert list(DBTaskResult.objects.running()) == [task]


@pytest.mark.django_db
def test_a_task_that_ended_three_workers_is_given_up() -> None:
    task = running(since=timedelta(minutes=11), workers=3)

    pick_up_dropped(now=NOON)

    assert list(DBTaskResult.objects.failed()) == [task]
    task.refresh_from_db()
    assert task.exception_class_path == "storefront.core.services.WorkersDied"
