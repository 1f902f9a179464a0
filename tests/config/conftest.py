"""What the launcher's tests share."""

from pathlib import Path

import pytest


@pytest.fixture
def var(tmp_path: Path) -> Path:
    for folder in ("run", "log"):
        (tmp_path / "a var" / folder).mkdir(parents=True)
    return tmp_path / "a var"
