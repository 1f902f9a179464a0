"""`make clean`: remove the demo shop's data, when nothing runs that uses it."""

import shutil
import sys

from storefront.config import embedded
from storefront.config.environment import read_environment
from storefront.config.up.launch import CannotStartError, alone
from storefront.config.up.leftovers import end_leftovers
from storefront.config.up.screen import say


def clean() -> None:
    """
    End leftovers and remove var/, the database's folder elsewhere included.

    Raises:
        CannotStartError: the shop runs.
    """
    var = read_environment().var_dir.resolve()
    if not var.exists():
        return
    (var / "run").mkdir(exist_ok=True)
    with alone(var / "run" / "up.lock"):
        end_leftovers(var / "run")
        data = var / "postgres"
        if (data / "PG_VERSION").exists():
            embedded.start(data, report=say).stop()
        if data.is_symlink():
            shutil.rmtree(data.resolve().parent, ignore_errors=True)
        shutil.rmtree(var)


if __name__ == "__main__":
    try:
        clean()
    except (CannotStartError, embedded.EmbeddedError) as error:
        sys.exit(f"Cannot clean: {error}")
