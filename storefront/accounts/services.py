"""Taking people in and giving them their roles."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from storefront.accounts.models import User
from storefront.accounts.roles import Role, permissions_of


class UnknownPermission(LookupError):
    """A role names a permission that no installed app has."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who somebody is. Without a password they can only come in by resetting it."""

    email: str
    name: str
    password: str | None = None


@transaction.atomic
def write_groups() -> None:
    """
    Make a group for every role, with exactly the role's permissions.

    Raises:
        UnknownPermission: nothing was written.
    """
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for role in Role:
        wanted = permissions_of(role)
        missing = [name for name in wanted if name not in known]
        if missing:
            raise UnknownPermission(", ".join(missing))
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set([known[name] for name in wanted])


@transaction.atomic
def add_person(facts: PersonFacts, *, role: Role) -> User:
    """
    Take somebody in whose address is known to be theirs; who is known already stays as they are.

    Raises:
        Group.DoesNotExist: the roles were not set up.
    """
    email = User.objects.normalize_email(facts.email)
    user: User | None = User.objects.filter(email=email).first()
    if user is None:
        first, _, last = facts.name.partition(" ")
        user = User.objects.create_user(email, facts.password, first_name=first, last_name=last)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    give_role(user, role=role)
    return user


@transaction.atomic
def give_role(user: User, *, role: Role) -> None:
    """
    Give somebody a role; it is added to those they have.

    Raises:
        Group.DoesNotExist: the roles were not set up.
    """
    user.groups.add(Group.objects.get(name=role.value))
    if role == Role.STAFF and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])


def lock_person(user: User) -> User:
    """Lock a person's row, so that two of their tabs write one after the other."""
    locked: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return locked
