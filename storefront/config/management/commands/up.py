"""Run the whole shop: the same as `make run`."""

import os
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Hand over to the launcher, which does without Django and its memory."""

    help = "Start database, offline Stripe, worker, clock and web server; Ctrl-C stops them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port."""
        parser.add_argument("port", nargs="?", default=os.environ.get("PORT", "8000"))

    def handle(self, *, port: str, **_options: object) -> None:
        """Become the launcher."""
        os.execv(sys.executable, [sys.executable, "-m", "storefront.config.up", port])  # noqa: S606 -- no shell; the launcher checks the port
