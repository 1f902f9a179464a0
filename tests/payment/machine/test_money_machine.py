"""
Random schedules of everything that can happen to money: at rest all of it adds up.

Twenty-five schedules in the ordinary suite. A long run, with new ones each time, and a count of
what happened in them:

    MONEY_SCHEDULES=2000 python -m pytest -s tests/payment/machine
"""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.payment.machine.ground import Ground
from tests.payment.machine.schedule import Schedule

pytestmark = pytest.mark.django_db(transaction=True)
LONG = os.environ.get("MONEY_SCHEDULES")
SCHEDULES = int(LONG or 25)
STEPS = 30
# With a safeguard switched off it takes so many at most until it is noticed.
UNTIL_NOTICED = 150


class AnswersAreLost(Schedule):
    """The same, but processes die before they read an answer, and at no other moment."""

    only_answers = True


@pytest.fixture
def ground(tmp_path: Path, settings: Any) -> Ground:
    settings.PAYMENT_STARTS_AN_HOUR = 1000
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    return Ground(tmp_path)


def run(ground: Ground, *, schedules: int, machine: type[Schedule] = Schedule, **more: Any) -> None:
    machine.ground = ground
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=schedules,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=not LONG,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


def test_whatever_happens_every_rupee_and_every_piece_is_accounted_for(ground: Ground) -> None:
    run(ground, schedules=SCHEDULES, phases=[Phase.generate])

    # A run in which nothing happened proves nothing.
    assert ground.tally["schedules"] >= SCHEDULES
    assert all(
        ground.tally[each] for each in ("confirmed", "cancelled", "messages", "payouts", "crashes")
    )
    if LONG:
        sys.stdout.write(f"\n{dict(ground.tally)}\n")


@pytest.mark.parametrize(
    ("switched_off", "noticed_by"),
    [
        (
            "WithoutKeys",
            "2 pages for attempt|was made 2 times|unknown to the shop|the provider holds",
        ),
        ("WithoutLookingAgain", "unknown to the shop|the provider holds"),
        ("WithoutLostMessages", "unknown to the shop|the provider holds"),
    ],
)
def test_a_safeguard_switched_off_is_noticed(
    ground: Ground, settings: Any, switched_off: str, noticed_by: str
) -> None:
    settings.PAYMENT_WAYS = [f"tests.payment.machine.without.{switched_off}"]

    with pytest.raises(AssertionError, match=noticed_by):
        run(
            ground,
            schedules=UNTIL_NOTICED,
            machine=AnswersAreLost,
            phases=[Phase.generate],
            report_multiple_bugs=False,
        )
