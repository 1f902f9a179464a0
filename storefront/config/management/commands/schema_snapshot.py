"""Make, load or check the schema snapshot."""

from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from storefront.config import snapshot


class Command(BaseCommand):
    """`write` after each new migration; `apply` brings any database up, an empty one in seconds."""

    help = "Write the schema snapshot, check it, or use it to bring the database up to date."

    requires_system_checks: list[str] = []  # the schema comes before what the checks ask for

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the one word that says what to do."""
        parser.add_argument("act", choices=["write", "apply", "check"])

    def handle(self, *, act: str, **_options: object) -> None:
        """Do it, and say what came of it."""
        self.stdout.write(getattr(self, f"_{act}")())

    def _write(self) -> str:
        changed = snapshot.write_snapshot()
        return "The snapshot was made anew." if changed else "The snapshot was right already."

    def _apply(self) -> str:
        if snapshot.restore_if_current(connection):
            return "The schema came from the snapshot."
        call_command("migrate", interactive=False)
        return "The schema came from the migrations."

    def _check(self) -> str:
        if not snapshot.is_usable():
            raise CommandError("A migration inside the snapshot was changed: run 'make snapshot'.")
        if not snapshot.is_right():
            raise CommandError("The migrations make something else by now: run 'make snapshot'.")
        return "The snapshot is what the migrations make."
