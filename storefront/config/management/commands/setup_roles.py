"""Write the groups, what each may do, and whom older pages show."""

from django.core.management.base import BaseCommand
from django.db import transaction

from cms.roles import grant_page_permissions
from cms.taking_back import note_older
from storefront.accounts.roles import Role
from storefront.accounts.services import write_groups


class Command(BaseCommand):
    """Run after each deployment: it changes only what differs."""

    help = "Write the groups of people and what each may do."

    def handle(self, **_options: object) -> None:
        """Write the groups first: page permissions belong to them. Then the ledger's notes."""
        with transaction.atomic():
            write_groups()
            grant_page_permissions()
        note_older()
        self.stdout.write(f"Roles: {', '.join(role.value for role in Role)}.")
