"""Alive and ready: what is wrong is named, and only the worker's own beat counts for it."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django_tasks_db.models import DBTaskResult

from storefront.config.management.commands.run_clock import duties
from storefront.core.clock import now
from storefront.core.models import Heartbeat
from storefront.core.services import beat
from storefront.core.tasks import worker_beat
from storefront.media.tasks import render
from storefront.notices.tasks import post


def test_alive_asks_nobody(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_without_worker_and_clock_the_shop_is_not_ready(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "database": True,
        "migrations": True,
        "worker": False,
        "clock": False,
        "late_jobs": [],
    }


@pytest.mark.django_db
def test_with_both_it_is_ready_and_with_an_old_beat_it_is_not(client: Client) -> None:
    beat("clock", now=now())
    worker_beat.enqueue()
    assert client.get("/readyz").status_code == 200

    Heartbeat.objects.filter(name="worker").update(at=now() - timedelta(minutes=10))

    assert client.get("/readyz").json()["worker"] is False


@pytest.mark.django_db
def test_a_late_job_is_named_and_the_shop_sells_on(client: Client) -> None:
    beat("clock", now=now())
    worker_beat.enqueue()
    beat("end unpaid orders", now=now() - timedelta(hours=1), every=60)
    beat("poll payments", now=now(), every=60)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["late_jobs"]) == (200, ["end unpaid orders"])


def test_the_clock_knows_its_duties() -> None:
    assert [duty.name for duty in duties()] == [
        "beat",
        "worker",
        "pick up dropped tasks",
        "poll payments",
        "end unpaid orders",
        "tell who has not paid",
        "count parcels as arrived",
        "end overdue holds",
        "tell who waits for a piece",
        "forget old alerts",
        "ask for lost messages",
        "look at payouts",
        "compare with the provider",
        "forget old counts",
        "follow the consent ledger",
        "publish scheduled pages",
        "collect words on show",
        "index a share of the products",
        "forget old searches",
        "forget old tasks",
    ]


@pytest.mark.django_db
def test_a_letter_overtakes_pictures_and_the_beat_overtakes_both() -> None:
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        render.enqueue(1)
        post.enqueue("order_confirmed", "buyer@example.org", "en", {})
        worker_beat.enqueue()

    waiting = DBTaskResult.objects.ready().values_list("task_path", flat=True)

    assert [path.rpartition(".")[2] for path in waiting] == ["worker_beat", "post", "render"]
