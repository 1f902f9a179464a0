"""Write the groups, and what each may do."""

from django.core.management.base import BaseCommand
from django.db import transaction

from cms.roles import grant_page_permissions
from storefront.accounts.roles import Role
from storefront.accounts.services import write_groups
from storefront.consent.services import close_papers


class Command(BaseCommand):
    """Run after each deployment: it changes only what differs."""

    help = "Write the groups of people and what each may do."

    def handle(self, **_options: object) -> None:
        """Write the groups first: page permissions belong to them."""
        with transaction.atomic():
            write_groups()
            grant_page_permissions()
            close_papers()
        self.stdout.write(f"Roles: {', '.join(role.value for role in Role)}.")
