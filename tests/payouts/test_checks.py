"""The shop does not start with settings that would pay sellers too early."""

from typing import Any

import pytest
from django.core.checks import Error, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError


@pytest.mark.parametrize(("payout", "back"), [(7, 7), (8, 7), (0, 0)])
def test_sellers_are_paid_when_nothing_can_come_back_any_more(
    settings: Any, payout: int, back: int
):
    settings.PAYOUT_AFTER_DAYS, settings.RETURN_DAYS = payout, back

    assert "payouts.E001" not in [found.id for found in run_checks()]


def test_sellers_are_not_paid_while_something_may_come_back(settings: Any):
    settings.PAYOUT_AFTER_DAYS, settings.RETURN_DAYS = 7, 10

    [found] = [each for each in run_checks() if each.id == "payouts.E001"]

    assert isinstance(found, Error)
    assert found.msg == "Sellers would be paid after 7 days for what may be sent back for 10."
    with pytest.raises(SystemCheckError, match=r"payouts\.E001"):
        call_command("check")
