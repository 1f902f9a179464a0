"""Editors teach the search box: synonyms, and what nobody found."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.planting import plant_site
from storefront.accounts.roles import Role
from storefront.core.clock import now
from storefront.search.models import Miss, Synonyms
from storefront.search.services import note_miss
from tests.cms.conftest import member

pytestmark = pytest.mark.django_db


def test_an_editor_makes_a_synonym_of_what_nobody_found(editor: Client):
    note_miss("jaggery", now=now())
    listed = editor.get(reverse("misses:index")).content.decode()
    form = editor.get(reverse("synonyms:add"), {"words": "jaggery"})

    editor.post(reverse("synonyms:add"), {"words": "jaggery, gur, गुड़"})

    assert f"{reverse('synonyms:add')}?words=jaggery" in listed
    assert form.context["form"]["words"].value() == "jaggery, "
    assert Synonyms.objects.get().words == "jaggery, gur, गुड़"


def test_one_word_alone_is_refused_and_nothing_is_written(editor: Client):
    response = editor.post(reverse("synonyms:add"), {"words": "jaggery"})

    assert "Write at least two words" in response.content.decode()
    assert not Synonyms.objects.exists()


def test_what_nobody_found_is_deleted_and_never_written_by_hand(editor: Client):
    note_miss("kettle", now=now())
    miss = Miss.objects.get()
    listed = editor.get(reverse("misses:index")).content.decode()

    editor.post(reverse("misses:add"), {"words": "teapot"})
    editor.post(reverse("misses:edit", args=[miss.pk]), {"words": "teapot"})
    editor.post(reverse("misses:delete", args=[miss.pk]))

    assert reverse("misses:add") not in listed
    assert not Miss.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"), [(Role.EDITOR, True), (Role.MODERATOR, True), (Role.CORRESPONDENT, False)]
)
def test_editors_and_moderators_find_both_lists_in_the_menu(role: Role, *, may: bool):
    front = member(role).get(reverse("wagtailadmin_home")).content.decode()

    assert (reverse("synonyms:index") in front) == may
    assert (reverse("misses:index") in front) == may


@pytest.mark.parametrize(
    ("language", "title"), [("en", "How search works"), ("hi", "खोज कैसे काम करती है")]
)
def test_how_results_are_ordered_is_told_to_everybody(client: Client, language: str, title: str):
    plant_site()

    page = client.get(f"/{language}/how-search-works/").content.decode()
    search = client.get(f"/{language}/search/").content.decode()

    assert f"<h1>{title}</h1>" in page
    assert f'href="/{language}/how-search-works/"' in search
