"""The offline Stripe, once a session; each test gets it with nothing in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures.stripe_double.runner import OfflineStripe, running


@pytest.fixture(scope="session")
def stripe_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfflineStripe]:
    folder: Path = tmp_path_factory.mktemp("stripe")
    with running(folder, webhook_secret="whsec_zila_offline") as double:
        yield double


@pytest.fixture
def stripe_double(stripe_process: OfflineStripe, settings: Any) -> OfflineStripe:
    stripe_process.reset()
    settings.STRIPE_API_BASE = stripe_process.url
    return stripe_process
