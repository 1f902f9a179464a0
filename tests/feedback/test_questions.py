"""Questions: asked by people, answered by the seller alone, hidden by staff."""

import pytest
from django.core import mail
from django.test import Client

from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.accounts.services import PersonFacts, add_person, write_groups
from storefront.catalogue.models import Product
from storefront.core.clock import now
from storefront.feedback import services
from storefront.feedback.models import Question
from storefront.feedback.rules import QUESTIONS_A_DAY
from tests.factories.catalogue import make_product, make_seller

pytestmark = pytest.mark.django_db


@pytest.fixture
def meera() -> User:
    return User.objects.create_user("meera@example.org", "a long pass phrase")


@pytest.fixture
def lota(meera: User) -> Product:
    return make_product(seller=make_seller(users=[meera]))


def ask(user: User, product: Product, text: str = "How heavy is it?") -> Question:
    return services.ask(user, product, text=text, now=now())


def test_question_and_answer_go_by_letter_and_stand_on_the_page(
    client: Client, asha: User, meera: User, lota: Product
):
    client.force_login(asha)
    client.post(f"/hi/account/questions/new/{lota.pk}/", {"text": "कितना भारी है?"})
    question = Question.objects.get()
    client.force_login(meera)
    desk = client.get("/seller/questions/").content.decode()
    client.post(f"/seller/questions/{question.pk}/", {"text": "900 ग्राम।"})

    asked, answered = mail.outbox
    page = Client().get(lota.get_absolute_url())
    assert "कितना भारी है?" in desk
    assert asked.to == ["meera@example.org"]
    assert f"http://testserver/seller/questions/{question.pk}/" in asked.body
    assert answered.to == ["asha@example.org"]
    assert "900 ग्राम।" in answered.body
    assert f"http://testserver/hi/shop/{lota.slug}-{lota.pk}/" in answered.body
    assert "900 ग्राम।" in page.content.decode()
    assert "asha@example.org" not in page.content.decode()
    assert page["Cache-Control"].startswith("public")


def test_an_unanswered_question_is_not_shown(client: Client, asha: User, lota: Product):
    ask(asha, lota)

    assert "How heavy is it?" not in client.get(lota.get_absolute_url()).content.decode()


def test_an_answer_can_be_bettered_without_another_letter(asha: User, meera: User, lota: Product):
    question = ask(asha, lota)
    mail.outbox.clear()
    for text in ("900 g.", "950 g with the lid."):
        services.answer(question, text=text, by=meera, now=now())

    assert Question.objects.get().answer == "950 g with the lid."
    assert len(mail.outbox) == 1


def test_another_seller_sees_and_answers_nothing(client: Client, asha: User, lota: Product):
    question = ask(asha, lota)
    other = User.objects.create_user("other@example.org", "a long pass phrase")
    make_seller("Others", users=[other])
    client.force_login(other)

    assert "How heavy" not in client.get("/seller/questions/").content.decode()
    answer = client.post(f"/seller/questions/{question.pk}/", {"text": "Light."})
    assert answer.status_code == 404
    assert Question.objects.get().answer == ""


def test_an_empty_answer_is_not_one(client: Client, asha: User, meera: User, lota: Product):
    question = ask(asha, lota)
    client.force_login(meera)

    assert client.post(f"/seller/questions/{question.pk}/", {"text": " "}).status_code == 422


def test_a_guest_signs_in_first_and_comes_back(client: Client, lota: Product):
    answer = client.get(f"/en/account/questions/new/{lota.pk}/")

    assert answer["Location"] == f"/en/account/login/?next=/en/account/questions/new/{lota.pk}/"


def test_asked_twice_it_is_one_question(asha: User, lota: Product):
    assert ask(asha, lota) == ask(asha, lota)
    assert len(mail.outbox) == 1


def test_a_person_asks_at_most_five_times_a_day(client: Client, asha: User, lota: Product):
    for number in range(QUESTIONS_A_DAY):
        ask(asha, lota, f"Question {number}?")
    client.force_login(asha)

    answer = client.post(f"/en/account/questions/new/{lota.pk}/", {"text": "One more?"})

    assert answer.status_code == 429
    assert Question.objects.count() == QUESTIONS_A_DAY


def test_what_nobody_sells_cannot_be_asked_about(asha: User):
    with pytest.raises(services.NotSold):
        ask(asha, make_product(is_live=False))


def test_a_person_sees_what_they_asked(client: Client, asha: User, meera: User, lota: Product):
    services.answer(ask(asha, lota), text="900 g.", by=meera, now=now())
    ask(asha, lota, "And how old?")
    client.force_login(asha)

    page = client.get("/en/account/questions/").content.decode()

    assert "900 g." in page
    assert "The seller has not answered yet." in page


def test_staff_hide_a_question_and_show_it_again(
    client: Client, asha: User, meera: User, lota: Product
):
    question = services.answer(ask(asha, lota), text="900 g.", by=meera, now=now())
    client.force_login(make_staff())

    def shown() -> bool:
        return "900 g." in Client().get(lota.get_absolute_url()).content.decode()

    assert shown()
    assert "900 g." in client.get("/dashboard/questions/").content.decode()
    client.post("/dashboard/questions/", {"question": question.pk, "hide": "1"})
    assert not shown()
    client.post("/dashboard/questions/", {"question": question.pk, "show": "1"})
    assert shown()
    client.post("/dashboard/questions/", {"question": "9" * 40, "hide": "1"})


def test_only_staff_hide(client: Client, asha: User):
    client.force_login(asha)

    assert client.get("/dashboard/questions/").status_code == 403


def make_staff() -> User:
    write_groups()
    return add_person(PersonFacts("staff@example.org", "Asif Ali"), role=Role.STAFF)


def test_who_left_gets_no_letter(asha: User, meera: User, lota: Product):
    question = ask(asha, lota)
    mail.outbox.clear()
    services.forget_writer(asha)

    services.answer(question, text="900 g.", by=meera, now=now())

    assert mail.outbox == []
    assert Question.objects.get().answer == "900 g."
