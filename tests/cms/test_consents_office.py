"""The ledger in the back office: recording, finding, withdrawing, and who may do what."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.consent.models import Agreement, Person, Withdrawal
from storefront.consent.rules import Use
from storefront.consent.services import withdraw
from storefront.core.clock import now, today
from tests.cms.conftest import member
from tests.factories.catalogue import make_artisan, make_district, make_picture
from tests.factories.consent import SIGNED, make_agreement, make_person, make_recorder
from tests.factories.pages import make_artisan_page, make_story

DAY = timedelta(days=1)
KEEPERS = [Role.EDITOR, Role.MODERATOR]


@pytest.fixture
def person() -> Person:
    """Somebody who agreed to nothing."""
    return make_person(district=make_district())


def typed(who: Person, /, **changes: Any) -> dict[str, Any]:
    """Return what the browser sends for a consent to name and story."""
    sent = {
        "person": who.pk,
        "uses": ["name", "story"],
        "languages": ["en", "hi"],
        "photo": "",
        "story": "",
        "from_on": today().isoformat(),
        "until_on": "",
        "proof": "paper",
        "paper": SimpleUploadedFile("signed.pdf", SIGNED),
    }
    return sent | changes


def words(answer: Any) -> str:
    """Return what can be read of a page."""
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("role", KEEPERS)
def test_a_consent_is_recorded_with_its_paper_by_whom_and_when(role: Role, person: Person) -> None:
    client = member(role)

    answer = client.post(reverse("consents:add"), typed(person))

    assert answer["Location"] == reverse("consents:person", args=[person.pk])
    rows = Agreement.objects.order_by("pk")
    assert [row.use for row in rows] == ["name", "story"]
    assert {row.recorded_by.email for row in rows} == {f"{role.name.lower()}@example.org"}
    assert all((now() - row.recorded_at) < DAY for row in rows)
    [paper] = {row.paper for row in rows}
    with paper.file.open() as file:
        assert file.read() == SIGNED
    assert "signed paper" in words(client.get(answer["Location"]))


def test_one_story_and_the_portrait_on_one_photo_are_recorded(
    editor: Client, person: Person
) -> None:
    story, photo = make_story(), make_picture()
    sent = typed(person, uses=["portrait", "story"], story=story.pk, photo=photo.pk)

    editor.post(reverse("consents:add"), sent)

    seen, told = Agreement.objects.order_by("pk")
    assert (seen.photo, seen.story) == (photo, None)
    assert (told.photo, told.story) == (None, story.translation_key)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"uses": ["portrait"]}, "Choose the photo that they agreed to."),
        ({"uses": []}, "This field is required."),
        ({"uses": ["fame"]}, "Select a valid choice."),
        ({"languages": ["fr"]}, "Select a valid choice."),
        ({"person": "9" * 30}, "Select a valid choice."),
        ({"until_on": (today() - DAY).isoformat()}, "The last day is before the first."),
        ({"from_on": "yesterday"}, "Enter a valid date."),
        ({"paper": ""}, "This field is required."),
        ({"paper": SimpleUploadedFile("a.exe", b"MZ")}, "Please choose a file of one of these"),
        ({"proof": "made-up"}, "Select a valid choice."),
    ],
)
def test_what_makes_no_sense_is_told_and_not_recorded(
    editor: Client, person: Person, wrong: dict[str, Any], said: str
) -> None:
    answer = editor.post(reverse("consents:add"), typed(person, **wrong))

    assert answer.status_code == 200
    assert said in words(answer)
    assert not Agreement.objects.exists()


def test_a_photo_or_a_story_that_is_not_meant_is_asked_about(
    editor: Client, person: Person
) -> None:
    sent = typed(person, uses=["name"], photo=make_picture().pk, story=make_story().pk)

    answer = editor.post(reverse("consents:add"), sent)

    assert "Tick the portrait, or take the photo away." in words(answer)
    assert "Tick the story, or choose none." in words(answer)


def test_the_link_of_a_page_fills_the_form_in(editor: Client, person: Person) -> None:
    story = make_story()
    asked = f"?person={person.pk}&uses=story&languages=hi&story={story.translation_key}"

    form = editor.get(reverse("consents:add") + asked).context["form"]

    assert form.initial["person"] == person.pk
    assert form.initial["story"].pk == story.pk
    assert (form.initial["uses"], form.initial["languages"]) == (["story"], ["hi"])


@pytest.mark.parametrize(
    "asked",
    [
        "?person=x",
        "?person=99999999999999999999",
        "?story=5f2f1f0e-0000-4000-8000-000000000000",
        "?story=x&photo=²",
        "?uses=",
    ],
)
def test_a_link_that_makes_no_sense_opens_an_empty_form(editor: Client, asked: str) -> None:
    answer = editor.get(reverse("consents:add") + asked)

    assert answer.status_code == 200


def test_the_list_is_narrowed_by_name_use_and_state(editor: Client, person: Person) -> None:
    other = make_person("Usha Rani", "उषा रानी", district=make_district())
    [soon] = make_agreement(person, Use.NAME, until_on=today() + DAY)
    [gone] = make_agreement(person, Use.STORY)
    [is_open] = make_agreement(other, Use.STORY)
    withdraw(person, [gone.pk], reason="Asked.", by=make_recorder(), now=now())
    address = reverse("consents:index")

    def listed(**asked: str) -> set[Agreement]:
        return set(editor.get(address, asked).context["object_list"])

    assert listed() == {soon, gone, is_open}
    assert listed(q="Rahim") == listed(q="रहीम") == {soon, gone}
    assert listed(use="story") == {gone, is_open}
    assert listed(state="withdrawn") == {gone}
    assert listed(state="given") == {soon, is_open}
    assert listed(state="soon") == {soon}
    assert listed(state="ended") == set()
    assert listed(state="nonsense") == {soon, gone, is_open}


# Nothing grows with the rows.
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_for_one_row_and_for_three(
    editor: Client, django_assert_num_queries: Any, number: int
) -> None:
    for count in range(number):
        make_agreement(make_person(f"Usha {count}", district=make_district()), Use.NAME)
    editor.get(reverse("consents:index_results"))

    with django_assert_num_queries(7):
        response = editor.get(reverse("consents:index_results"))

    assert len(response.context["object_list"]) == number


def test_the_history_shows_every_row_and_where_somebody_is_shown(editor: Client) -> None:
    maker = make_artisan()
    page = make_artisan_page(maker)
    row = maker.person.agreements.get(use=Use.STORY)
    withdraw(maker.person, [row.pk], reason="Moved away.", by=make_recorder(), now=now())
    make_agreement(maker.person, Use.STORY, until_on=today() + DAY)
    page.save_revision().publish()

    said = words(editor.get(reverse("consents:person", args=[maker.person.pk])))

    assert "withdrawn: Moved away." in said
    assert said.count("recorded") >= 3
    assert "made up for demonstration: there was nobody to ask" in said
    assert "They are shown on these pages: Shabana Parveen (en)" in said


@pytest.mark.parametrize("role", KEEPERS)
def test_withdrawing_is_asked_once_more_and_then_done(role: Role) -> None:
    client, maker = member(role), make_artisan()
    make_artisan_page(maker)
    address = reverse("consents:withdraw", args=[maker.person.pk])

    asked = client.get(address)
    rows = asked.context["form"].initial["agreements"]
    done = client.post(address, {"agreements": rows, "reason": "Asked by phone."}, follow=True)

    assert "They are shown on these pages: Shabana Parveen (en)" in words(asked)
    assert "1 page went offline." in words(done)
    assert {row.reason for row in Withdrawal.objects.all()} == {"Asked by phone."}
    assert Withdrawal.objects.count() == len(rows) == 2
    assert "Withdraw" not in words(client.get(reverse("consents:person", args=[maker.person.pk])))


def test_withdrawing_needs_a_reason_and_something_to_withdraw(editor: Client) -> None:
    maker = make_artisan()
    address = reverse("consents:withdraw", args=[maker.person.pk])
    rows = [str(row.pk) for row in maker.person.agreements.all()]

    for sent in ({"agreements": rows, "reason": " "}, {"agreements": [], "reason": "x"}):
        assert "This field is required." in words(editor.post(address, sent))
    assert "Select a valid choice." in words(
        editor.post(address, {"agreements": ["0"], "reason": "x"})
    )
    assert not Withdrawal.objects.exists()


def test_somebody_new_is_taken_in_in_the_window_and_found_there(editor: Client) -> None:
    create, results = reverse("person_chooser:create"), reverse("person_chooser:choose_results")
    sent = {"name_en": "Usha Rani", "name_hi": "उषा रानी", "district": make_district().pk}

    editor.post(create, sent)

    assert "Usha Rani" in words(editor.get(results, {"q": "usha"}))
    assert "Usha Rani" in words(editor.get(results, {"q": "उषा"}))
    assert "Usha Rani" not in words(editor.get(results, {"q": "salim"}))


def test_the_ledger_speaks_hindi(editor: Client, person: Person) -> None:
    make_agreement(person, Use.NAME)
    user = User.objects.get(email="editor@example.org")
    UserProfile.objects.create(user=user, preferred_language="hi")

    listed = words(editor.get(reverse("consents:index")))
    adding = words(editor.get(reverse("consents:add")))
    history = words(editor.get(reverse("consents:person", args=[person.pk])))
    withdrawing = words(editor.get(reverse("consents:withdraw", args=[person.pk])))

    assert "रहीम ख़ान" in listed
    assert "सहमतियाँ" in listed
    assert "सहमति दर्ज करें" in adding
    assert "दस्तख़त किया कागज़" in history
    assert "इसे पलटा नहीं जा सकता।" in withdrawing
