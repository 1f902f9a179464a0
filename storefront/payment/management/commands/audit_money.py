"""Add everything up once more: orders, money, books, stock, and the provider's own books."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from storefront.payment.gateways.base import GatewayDown
from storefront.payment.services.audit import audit


class Command(BaseCommand):
    """Print every difference on a line of its own; the exit code is 1 if there is any."""

    help = "Add up orders, money rows, ledger, stock and the provider's books; print what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --offline."""
        parser.add_argument("--offline", action="store_true", help="leave the provider out")

    def handle(self, *, offline: bool, **_options: Any) -> None:
        """Print and count."""
        try:
            found = 0
            for line in audit(offline=offline):
                found += 1
                self.stdout.write(line)
        except GatewayDown as error:
            raise CommandError(f"The provider cannot be asked ({error}). Try --offline.") from error
        if found:
            raise CommandError(f"{found} differences.")
        self.stdout.write("Everything adds up.")
