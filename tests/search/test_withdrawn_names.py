"""Search forgets the names of those who do not agree to be named any more."""

import pytest
from django.contrib.postgres.search import SearchQuery
from django.test import Client

from storefront.consent.services import withdraw
from storefront.core.clock import now
from storefront.core.kept import forget
from storefront.search.models import Entry, Term
from storefront.search.queries import vocabulary
from storefront.search.services import collect_terms
from tests.factories.catalogue import make_artisan, make_product
from tests.factories.consent import make_recorder

pytestmark = pytest.mark.django_db


def test_nothing_is_found_by_the_name_of_a_maker_who_withdrew(client: Client):
    maker = make_artisan()
    make_product(artisan=maker)
    collect_terms()
    rows = list(maker.person.agreements.values_list("pk", flat=True))
    by_name = Entry.objects.filter(words=SearchQuery("shabana", config="english"))
    before, known = client.get("/en/search/?q=Shabana Parveen").context, by_name.exists()

    withdraw(maker.person, rows, reason="Asked.", by=make_recorder(), now=now())

    after = client.get("/en/search/?q=Shabana Parveen").context
    assert (known, len(before["makers"])) == (True, 1)
    assert (by_name.exists(), len(after["makers"])) == (False, 0)
    assert not Term.objects.filter(text_en__in=["shabana", "parveen", "Shabana Parveen"]).exists()
    collect_terms()
    assert not Term.objects.filter(kind="maker").exists()


def test_the_search_box_forgets_a_name_though_its_words_are_kept_for_long(settings):
    maker = make_artisan()
    make_product(artisan=maker)
    collect_terms()
    settings.COUNTS_KEPT_SECONDS = 1000
    forget(vocabulary)
    rows = list(maker.person.agreements.values_list("pk", flat=True))
    before = {name.english for name in vocabulary().names}

    withdraw(maker.person, rows, reason="Asked.", by=make_recorder(), now=now())

    assert "Shabana Parveen" in before
    assert "Shabana Parveen" not in {name.english for name in vocabulary().names}
    assert not {"shabana", "parveen"} & set(vocabulary().words)
