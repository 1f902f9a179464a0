"""`make clean`: remove the demo shop's data, when nothing runs that uses it."""

import shutil
import sys
from pathlib import Path

from storefront.config import embedded
from storefront.config.environment import read_environment
from storefront.config.up.launch import CannotStartError, alone
from storefront.config.up.leftovers import end_leftovers
from storefront.config.up.screen import say

# What the shop makes in VAR_DIR. The folder may be yours and hold other things: those stay.
OURS = (
    *("run", "log", "mail", "media", "static", "stripe", "bench", "test"),
    *("postgres", "postgres.new", "postgres.lock", "postgres.users", "postgres.log*"),
    *("secret-key*", "ports.json", "state.json", "*.new", "template.lock", "ci-run.log"),
)


def clean() -> None:
    """
    End leftovers and remove what the shop made, the database's folder elsewhere included.

    Raises:
        CannotStartError: the shop runs.
    """
    var = read_environment().var_dir.resolve()
    if not var.exists():
        return
    (var / "run").mkdir(exist_ok=True)
    with alone(var / "run" / "up.lock"):
        end_leftovers(var)
        for data in (var / "postgres", *var.glob("*/postgres")):
            embedded.stop(data)
            if data.is_symlink():
                _remove(data.resolve().parent)
        for path in {path for name in OURS for path in var.glob(name)}:
            _remove(path)
    if any(var.iterdir()):
        say(f"What the shop did not make stays in {var}.")
    else:
        var.rmdir()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    try:
        clean()
    except (CannotStartError, embedded.EmbeddedError, OSError) as error:
        sys.exit(f"Cannot clean: {error}")
