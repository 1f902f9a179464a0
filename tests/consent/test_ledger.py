"""The ledger: written once, kept by the database, followed by the catalogue."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils.translation import override

from storefront.catalogue.models import Artisan
from storefront.consent.models import Agreement, Paper, Person, Withdrawal
from storefront.consent.queries import ending_soon, history_of, said_of
from storefront.consent.rules import Proof, State, Use, state_of
from storefront.consent.services import (
    NothingToWithdraw,
    enter,
    follow_all,
    make_up,
    withdraw,
)
from storefront.core.clock import now, today
from tests.factories.catalogue import make_artisan, make_district, make_picture
from tests.factories.consent import BOTH, make_agreement, make_person, make_recorder

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def columns(maker: Artisan) -> dict[str, Any]:
    """Return what the catalogue's table knows of a maker, whatever the language."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM catalogue_artisan WHERE id = %s", [maker.pk])
        [row] = cursor.fetchall()
        return dict(zip([column.name for column in cursor.description], row, strict=True))


def take_back(person: Person, *agreements: Agreement, reason: str = "By phone.") -> None:
    numbers = [row.pk for row in agreements or person.agreements.all()]
    withdraw(person, numbers, reason=reason, by=make_recorder(), now=now())


def test_a_new_maker_is_somebody_from_the_district_until_they_agree() -> None:
    maker = make_artisan(agrees=False, bio_en="Turns lotas.", bio_hi="लोटे बनाती हैं।")

    known = columns(maker)

    assert (maker.name_en, maker.name_hi) == ("a maker from Moradabad", "मुरादाबाद के एक कारीगर")
    assert (maker.slug, maker.is_named) == (f"maker-{maker.pk}", False)
    assert not any("habana" in str(value) or "शबाना" in str(value) for value in known.values())
    assert {known[name] for name in ("bio", "bio_en", "bio_hi", "town_en", "town_hi")} <= {"", None}
    assert (maker.person.name_en, maker.person.slug) == ("Shabana Parveen", "shabana-parveen")


def test_who_agrees_is_named_told_of_and_seen() -> None:
    maker = make_artisan(agrees=False, bio_en="Turns lotas.", bio_hi="लोटे बनाती हैं।")
    photo = make_picture()

    make_agreement(maker.person, *Use, photo=photo)

    maker.refresh_from_db()
    assert (maker.name_en, maker.name_hi) == ("Shabana Parveen", "शबाना परवीन")
    assert (maker.slug, maker.is_named) == ("shabana-parveen", True)
    assert (maker.bio_en, maker.town_en, maker.portrait) == ("Turns lotas.", "Moradabad", photo)


def test_who_agrees_in_hindi_only_is_named_in_hindi_only() -> None:
    maker = make_artisan(agrees=False)

    make_agreement(maker.person, Use.NAME, languages=["hi"])

    maker.refresh_from_db()
    assert (maker.name_en, maker.name_hi) == ("a maker from Moradabad", "शबाना परवीन")
    assert not maker.is_named


def test_what_is_withdrawn_is_gone_and_what_is_not_stays() -> None:
    maker = make_artisan(agrees=False, bio_en="Turns lotas.", bio_hi="लोटे बनाती हैं।")
    photo = make_picture()
    name, portrait, story = make_agreement(maker.person, *Use, photo=photo)

    take_back(maker.person, portrait)

    maker.refresh_from_db()
    assert (maker.name_en, maker.portrait, maker.bio_en) == (
        "Shabana Parveen",
        None,
        "Turns lotas.",
    )
    take_back(maker.person, name, story)
    assert "Shabana" not in str(columns(maker))
    assert Withdrawal.objects.count() == 3


def test_who_agrees_again_is_shown_again() -> None:
    maker = make_artisan(agrees=False)
    make_agreement(maker.person, Use.NAME)
    take_back(maker.person)

    make_agreement(maker.person, Use.NAME)

    maker.refresh_from_db()
    assert (maker.name_en, maker.slug) == ("Shabana Parveen", "shabana-parveen")


def test_two_makers_of_one_name_have_two_addresses_though_one_is_not_named() -> None:
    first = make_artisan()
    take_back(first.person)
    second = make_artisan()

    make_agreement(first.person, Use.NAME)

    first.refresh_from_db()
    assert (first.slug, second.slug) == ("shabana-parveen", "shabana-parveen-2")


def test_withdrawing_twice_is_refused_and_somebody_else_s_cannot_be_withdrawn() -> None:
    maker, other = make_artisan(), make_person(district=make_district())
    [row] = make_agreement(other, Use.NAME)
    take_back(maker.person)

    for person, rows in ((maker.person, maker.person.agreements.all()), (maker.person, [row])):
        with pytest.raises(NothingToWithdraw):
            take_back(person, *rows)

    assert Withdrawal.objects.count() == 2
    assert not Withdrawal.objects.filter(agreement=row).exists()


def test_an_agreement_ends_and_begins_by_the_clock_and_the_clock_can_run_twice() -> None:
    maker = make_artisan(agrees=False)
    make_agreement(maker.person, Use.NAME, from_on=today() + DAY, until_on=today() + 2 * DAY)
    names = []

    for days in (0, 1, 1, 2, 3, 3):
        follow_all(now=now() + days * DAY)
        maker.refresh_from_db()
        names.append(maker.name_en == "Shabana Parveen")

    assert names == [False, True, True, True, False, False]


def test_the_clock_takes_in_makers_that_came_by_another_way() -> None:
    maker = make_artisan()
    Artisan.objects.bulk_create(
        [
            Artisan(
                name="Salim", name_en="Salim Khan", name_hi="सलीम ख़ान", slug="salim",
                town="", district=maker.district, craft=maker.craft, is_named=True,
            )
        ]
    )  # fmt: skip  # one of one

    follow_all(now=now())

    salim = Person.objects.get(name_en="Salim Khan").artisan
    assert salim is not None
    assert (salim.name_en, salim.is_named) == ("a maker from Moradabad", False)
    assert Person.objects.count() == 2


def test_a_maker_is_entered_once() -> None:
    maker = make_artisan()

    assert enter(maker, on=today()) == maker.person

    assert maker.name_en == "Shabana Parveen"


def test_of_who_is_made_up_the_ledger_says_so_once_and_of_nobody_else() -> None:
    maker = make_artisan(agrees=False, is_demonstration=True)
    real = make_artisan("Usha Rani", "उषा रानी", agrees=False)
    photo = make_picture()

    first = make_up(maker, portrait=photo, now=now())
    again = make_up(maker, portrait=photo, now=now())

    assert [(row.use, row.proof, row.paper, row.recorded_by) for row in first] == [
        (use, "made-up", None, None) for use in Use
    ]
    assert first[0].get_proof_display() == "made up for demonstration: there was nobody to ask"
    assert again == []
    assert (maker.name_en, maker.portrait) == ("Shabana Parveen", photo)
    with pytest.raises(ValueError, match="must be asked"):
        make_up(real, portrait=None, now=now())
    assert not real.person.agreements.exists()


@pytest.mark.parametrize("table", ["agreement", "withdrawal", "paper"])
@pytest.mark.parametrize(
    "statement", ["UPDATE consent_{} SET id = id", "DELETE FROM consent_{}"], ids=["change", "drop"]
)
def test_the_database_refuses_to_change_or_delete_what_is_written(
    table: str, statement: str
) -> None:
    person = make_person(district=make_district())
    take_back(person, *make_agreement(person, Use.NAME))

    with (
        pytest.raises(Error, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))

    assert (Agreement.objects.count(), Withdrawal.objects.count(), Paper.objects.count()) == (
        1,
    ) * 3


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"use": "fame"}, "consent_use_is_known"),
        ({"languages": []}, "consent_languages_are_known"),
        ({"languages": ["fr"]}, "consent_languages_are_known"),
        ({"use": Use.PORTRAIT}, "consent_portrait_names_its_photo"),
        ({"story": "5f2f1f0e-0000-4000-8000-000000000000"}, "consent_only_of_stories_one"),
        ({"until_on": today() - DAY}, "consent_ends_after_it_begins"),
        ({"proof": Proof.PAPER}, "consent_is_proved"),
    ],
)
def test_the_database_refuses_a_row_that_says_nothing_sure(
    wrong: dict[str, Any], constraint: str
) -> None:
    row = {
        "person": make_person(district=make_district()),
        "use": Use.NAME,
        "languages": list(BOTH),
        "from_on": today(),
        "proof": Proof.MADE_UP,
        "recorded_at": now(),
    }

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Agreement.objects.create(**(row | wrong))


def test_a_withdrawal_has_a_reason() -> None:
    person = make_person(district=make_district())
    [row] = make_agreement(person, Use.NAME)

    with pytest.raises(IntegrityError, match="consent_withdrawal_has_reason"), transaction.atomic():
        Withdrawal.objects.create(agreement=row, reason="", at=now())


def test_the_list_and_the_rules_agree_on_every_state() -> None:
    person = make_person(district=make_district())
    for first, last in ((-2, -1), (-2, 0), (0, None), (1, None), (1, 2)):
        until = None if last is None else today() + last * DAY
        make_agreement(person, Use.NAME, from_on=today() + first * DAY, until_on=until)
    take_back(person, Agreement.objects.latest("pk"))

    for state in State:
        listed = Agreement.objects.in_state(state, on=today())
        told = [row for row in Agreement.objects.all() if row_state(row) == state]
        assert {row.pk for row in listed} == {row.pk for row in told}, state
    assert {row_state(row) for row in Agreement.objects.all()} == set(State)


def row_state(row: Agreement) -> State:
    return state_of(row.as_said(), on=today())


def test_what_ends_soon_is_told_unless_it_was_renewed() -> None:
    person, other = (make_person(name, district=make_district()) for name in ("A Khan", "B Khan"))
    [soon] = make_agreement(person, Use.NAME, until_on=today() + 30 * DAY)
    make_agreement(person, Use.STORY, until_on=today() + 31 * DAY)
    make_agreement(other, Use.NAME, until_on=today() + DAY)
    make_agreement(other, Use.NAME)

    assert ending_soon(on=today()) == [soon]


def test_a_history_tells_who_wrote_what_and_when_the_latest_first() -> None:
    person = make_person(district=make_district())
    [name] = make_agreement(person, Use.NAME)
    take_back(person, name, reason="Moved away.")
    [story] = make_agreement(person, Use.STORY)

    told = [(event.agreement, event.reason, event.by) for event in history_of(person)]

    by = "ledger@example.org"
    assert told == [(story, "", by), (name, "Moved away.", by), (name, "", by)]


def test_agreements_are_read_in_one_query(django_assert_num_queries: Any) -> None:
    for name in ("A Khan", "B Khan", "C Khan"):
        make_agreement(make_person(name, district=make_district()), Use.NAME, Use.STORY)

    with django_assert_num_queries(1):
        found = said_of()

    assert [len(said) for said in found.values()] == [2, 2, 2]


def test_people_are_called_by_their_name_in_the_language_of_the_moment() -> None:
    person = make_person(district=make_district())

    with override("hi"):
        assert str(person) == "रहीम ख़ान"
