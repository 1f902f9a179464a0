"""Give somebody who has an account a role."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.accounts.services import give_role


class Command(BaseCommand):
    """Add a role to those somebody has."""

    help = "Give a role to somebody who has an account. A role is added to those they have."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an e-mail address and a role."""
        parser.add_argument("email")
        parser.add_argument("role", choices=[role.name.lower() for role in Role])

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the person, give the role, say so."""
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody has an account with the address {options['email']}.")
        give_role(user, role=Role[options["role"].upper()])
        self.stdout.write(f"{user.email} is one of the {Role[options['role'].upper()].value} now.")
