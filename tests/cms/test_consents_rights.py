"""Who may read the ledger, write into it, and open what people signed."""

import pytest
from django.test import Client
from django.urls import reverse

from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.accounts.services import write_groups
from storefront.consent.models import Agreement, Person, Withdrawal
from storefront.consent.rules import Use
from tests.cms.conftest import member
from tests.cms.test_consents_office import KEEPERS, typed
from tests.factories.catalogue import make_district
from tests.factories.consent import SIGNED, make_agreement, make_person

OTHERS = [Role.CORRESPONDENT, Role.STAFF, Role.SELLER, Role.BUYER]


@pytest.fixture
def person() -> Person:
    """Somebody who agreed to nothing."""
    return make_person(district=make_district())


def of_role(role: Role | None) -> Client:
    """Sign somebody of any role in, or nobody."""
    write_groups()
    return member(role) if role else Client()


@pytest.mark.parametrize("role", [*OTHERS, None])
def test_nobody_else_reads_writes_or_withdraws(role: Role | None, person: Person) -> None:
    [row] = make_agreement(person, Use.NAME)
    client = of_role(role)
    rooms = [
        reverse("consents:index"),
        reverse("consents:add"),
        reverse("consents:person", args=[person.pk]),
        reverse("consents:withdraw", args=[person.pk]),
    ]

    told = {client.get(room).status_code for room in rooms}
    client.post(rooms[1], typed(person))
    client.post(rooms[3], {"agreements": [row.pk], "reason": "x"})

    assert told <= {302, 403}
    assert Agreement.objects.count() == 1
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        *((role, 200) for role in KEEPERS),
        (Role.CORRESPONDENT, 404),
        *((role, 403) for role in (Role.STAFF, Role.SELLER, Role.BUYER)),
        (None, 302),
    ],
)
def test_a_paper_opens_for_editors_and_moderators_alone(
    role: Role | None, status: int, person: Person
) -> None:
    [row] = make_agreement(person, Use.NAME)
    client = of_role(role)

    answer = client.get(reverse("consents:paper", args=[row.paper.pk]))

    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content) == SIGNED
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Disposition"].startswith("attachment")
    for guess in (row.paper.file.name, f"papers/{row.paper.file.name}"):
        assert client.get(f"/media/{guess}").status_code == 404


def test_nothing_that_is_written_has_a_form_to_change_it(editor: Client, person: Person) -> None:
    [row] = make_agreement(person, Use.NAME)
    boss = User.objects.create_superuser("boss@example.org", "a long enough one")
    editor.force_login(boss)

    told = [
        editor.post(f"/cms/consents/{door}/{row.pk}/").status_code for door in ("edit", "delete")
    ]

    assert told == [404, 404]


def test_a_correspondent_chooses_people_and_takes_nobody_in(correspondent: Client) -> None:
    make_person(district=make_district())

    found = correspondent.get(reverse("person_chooser:choose")).json()["html"]
    correspondent.post(
        reverse("person_chooser:create"),
        {"name_en": "Usha Rani", "name_hi": "उषा रानी", "district": make_district().pk},
    )

    assert "Rahim Khan" in found
    assert Person.objects.count() == 1


def test_the_menu_shows_the_ledger_to_those_who_keep_it() -> None:
    for role, is_shown in ((Role.EDITOR, True), (Role.CORRESPONDENT, False)):
        front = member(role).get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse("consents:index") in front) == is_shown
