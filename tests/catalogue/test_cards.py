"""Cards are remembered by what the database says of them, so nothing old is ever shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from storefront.catalogue.queries import cards_of
from storefront.catalogue.rules import StockState
from storefront.partner.models import StockRecord
from tests.factories.catalogue import make_product

pytestmark = pytest.mark.django_db


def test_the_same_card_is_made_once():
    vase = make_product()

    assert cards_of([vase.pk])[0] is cards_of([vase.pk])[0]


def test_a_card_says_the_new_price_and_stock_at_once():
    vase = make_product(price="1450.00", stock=5)
    cards_of([vase.pk])
    StockRecord.objects.filter(product=vase).update(price="1500.00", num_in_stock=0)

    (card,) = cards_of([vase.pk])

    assert (card.price_text, card.stock_state) == ("₹1,500", StockState.SOLD_OUT)


def test_a_card_speaks_the_reader_s_language():
    lota = make_product(title_en="Lota", title_hi="लोटा")
    cards_of([lota.pk])

    with translation.override("hi"):
        (card,) = cards_of([lota.pk])

    assert (card.title, card.url.split("/")[1]) == ("लोटा", "hi")


def test_several_cards_are_one_query_and_keep_their_order():
    made = [make_product().pk for _ in range(3)]

    with CaptureQueriesContext(connection) as asked:
        assert [card.id for card in cards_of(reversed(made))] == made[::-1]

    assert len(asked) == 1
