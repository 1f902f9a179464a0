"""The counts of the shop's filters."""

from typing import Any

import pytest
from django.test import Client

from storefront.catalogue.queries.filters import Group
from storefront.catalogue.queries.tally import Combination, Tally
from tests.catalogue.pages import options, titles
from tests.factories.catalogue import make_product

BRASS, TOYS = 1, 2
MORADABAD, VARANASI = 10, 11
MEERA = 20


@pytest.fixture
def tally() -> Tally:
    return Tally(
        [
            Combination(
                {Group.CRAFT: BRASS, Group.DISTRICT: MORADABAD, Group.MAKER: MEERA}, number=5
            ),
            Combination(
                {Group.CRAFT: BRASS, Group.DISTRICT: VARANASI, Group.MAKER: None}, number=3
            ),
            Combination({Group.CRAFT: TOYS, Group.DISTRICT: VARANASI, Group.MAKER: None}, number=1),
        ]
    )


def test_everything_is_counted_where_nothing_is_chosen(tally: Tally):
    assert tally.fitting({Group.CRAFT: [], Group.MAKER: []}) == 9
    assert tally.within(Group.DISTRICT, {}) == {MORADABAD: 5, VARANASI: 4}
    assert tally.within(Group.MAKER, {}) == {MEERA: 5}


def test_names_of_a_group_add_up_and_groups_narrow_each_other(tally: Tally):
    assert tally.fitting({Group.DISTRICT: [MORADABAD, VARANASI]}) == 9
    assert tally.fitting({Group.CRAFT: [BRASS], Group.DISTRICT: [VARANASI]}) == 3
    assert tally.fitting({Group.CRAFT: [TOYS], Group.MAKER: [MEERA]}) == 0


def test_a_group_is_counted_as_if_nothing_were_chosen_in_it(tally: Tally):
    chosen = {Group.CRAFT: [TOYS], Group.DISTRICT: [VARANASI]}

    assert tally.within(Group.CRAFT, chosen) == {BRASS: 3, TOYS: 1}
    assert tally.within(Group.DISTRICT, chosen) == {VARANASI: 1}


@pytest.mark.django_db
def test_counts_may_be_old_but_products_are_those_of_the_moment(client: Client, settings: Any):
    make_product(title_en="Lota")
    client.get("/en/shop/")
    settings.COUNTS_KEPT_SECONDS = 1000
    make_product(title_en="Lamp")

    response = client.get("/en/shop/?sort=new")
    narrowed = client.get("/en/shop/?price_from=1")

    assert titles(response) == ["Lamp", "Lota"]
    assert options(response, "craft") == {"Brassware": 1}
    assert options(narrowed, "craft") == {"Brassware": 2}
