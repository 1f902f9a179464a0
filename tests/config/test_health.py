"""Alive and ready: what is wrong is named, and only the worker's own beat counts for it."""

from datetime import timedelta

import pytest
from django.test import Client

from storefront.config.management.commands.run_clock import duties
from storefront.core.clock import now
from storefront.core.models import Heartbeat
from storefront.core.services import beat
from storefront.core.tasks import worker_beat


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
    }


@pytest.mark.django_db
def test_with_both_it_is_ready_and_with_an_old_beat_it_is_not(client: Client) -> None:
    beat("clock", now=now())
    worker_beat.enqueue()
    assert client.get("/readyz").status_code == 200

    Heartbeat.objects.filter(name="worker").update(at=now() - timedelta(minutes=10))

    assert client.get("/readyz").json()["worker"] is False


def test_the_clock_knows_its_duties() -> None:
    assert [duty.name for duty in duties()] == [
        "beat",
        "worker",
        "poll payments",
        "end unpaid orders",
        "publish scheduled pages",
        "forget old tasks",
    ]
