"""Who may do what."""

from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client

from cms.roles import BESIDES
from storefront.accounts.models import User
from storefront.accounts.roles import STAFF_MAY, Role, permissions_of
from storefront.accounts.services import PersonFacts, UnknownPermission, add_person, write_groups
from tests.dashboard.lists import opens_oscars_lists

pytestmark = pytest.mark.django_db
ADMIN_DOOR = "wagtailadmin.access_admin"


def person(role: Role) -> User:
    facts = PersonFacts(email=f"{role.name.lower()}@example.org", name="Usha Rani Devi")
    return User.objects.get(pk=add_person(facts, role=role).pk)


def everything_known() -> dict[str, list[tuple[str, ...]]]:
    return {
        group.name: sorted(
            [
                *group.permissions.values_list("content_type__app_label", "codename"),
                *group.page_permissions.values_list("page__slug", "permission__codename"),
                *group.collection_permissions.values_list(
                    "collection__name", "permission__codename"
                ),
            ]
        )
        for group in Group.objects.all()
    }


def test_setting_up_roles_twice_changes_nothing() -> None:
    before = everything_known()

    call_command("setup_roles", stdout=StringIO())

    assert everything_known() == before
    assert before.keys() >= {role.value for role in Role}


def test_a_permission_that_somebody_added_by_hand_is_taken_back() -> None:
    sellers = Group.objects.get(name=Role.SELLER)
    sellers.permissions.set(Group.objects.get(name=Role.STAFF).permissions.all())

    write_groups()

    assert not sellers.permissions.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CORRESPONDENT, Role.MODERATOR])
def test_those_who_write_come_into_the_editors_office_and_not_into_the_dashboard(
    role: Role, client: Client
) -> None:
    user = person(role)
    client.force_login(user)

    assert user.has_perm(ADMIN_DOOR)
    assert client.get("/cms/").status_code == 200
    assert client.get("/dashboard/orders/").status_code == 403


@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER, Role.AGENT])
def test_buyers_and_sellers_need_no_permission_at_all(role: Role, client: Client) -> None:
    user = person(role)
    client.force_login(user)

    assert user.get_all_permissions() == set()
    assert client.get("/dashboard/orders/").status_code == 403
    assert not user.is_staff


@opens_oscars_lists
@pytest.mark.parametrize(
    "section",
    [
        "",
        "catalogue/",
        "orders/",
        "partners/",
        "offers/",
        "ranges/",
        "reviews/",
        "vouchers/",
        "users/",
        "reports/",
    ],
)
def test_staff_come_into_every_section_of_the_dashboard(section: str, client: Client) -> None:
    client.force_login(person(Role.STAFF))

    assert client.get(f"/dashboard/{section}").status_code == 200


def test_staff_delete_no_products_orders_or_sellers() -> None:
    user = person(Role.STAFF)

    assert user.has_perms(["catalogue.change_product", "order.view_order", "offer.delete_range"])
    for permission in ("catalogue.delete_product", "order.delete_order", "partner.delete_partner"):
        assert not user.has_perm(permission)


def test_a_role_has_what_is_written_for_it_and_nothing_else() -> None:
    for role in Role:
        held = Group.objects.get(name=role).permissions.values_list(
            "content_type__app_label", "codename"
        )
        assert {".".join(each) for each in held} == {*permissions_of(role), *BESIDES.get(role, ())}


def test_a_misspelt_permission_is_told_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = everything_known()
    monkeypatch.setitem(STAFF_MAY, "catalogue.produkt", ("view",))

    with pytest.raises(UnknownPermission, match=r"catalogue\.view_produkt"):
        write_groups()

    assert everything_known() == before


def test_a_person_is_taken_in_once_with_a_confirmed_address() -> None:
    first = person(Role.EDITOR)
    again = person(Role.EDITOR)

    assert first == again
    assert (first.first_name, first.last_name) == ("Usha", "Rani Devi")
    assert not first.has_usable_password()
    address = EmailAddress.objects.get(user=first)
    assert (address.email, address.verified, address.primary) == (first.email, True, True)


def test_roles_add_up() -> None:
    user = add_person(PersonFacts(email="both@example.org", name="Both"), role=Role.SELLER)
    add_person(PersonFacts(email="both@example.org", name="Both"), role=Role.EDITOR)

    assert set(user.groups.values_list("name", flat=True)) == {Role.SELLER, Role.EDITOR}


def test_a_role_is_given_on_the_command_line(client: Client) -> None:
    user = User.objects.create_user("Usha@example.org", "a long pass phrase")
    said = StringIO()

    call_command("give_role", "usha@example.org", "staff", stdout=said)

    client.force_login(user)
    assert said.getvalue() == "Usha@example.org is one of the Staff now.\n"
    assert client.get("/dashboard/orders/").status_code == 200


def test_a_role_for_nobody_is_refused() -> None:
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("give_role", "x@example.org", "staff")
