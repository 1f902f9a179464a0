"""Where the problems of a basket lead: each to the line or the voucher it is about."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from storefront.basket.models import Basket
from storefront.basket.session import COOKIE
from storefront.core.clock import now
from storefront.stock.rules import Reason
from storefront.stock.services import set_free
from tests.factories.catalogue import make_product, stock_record
from tests.factories.offers import make_voucher
from tests.factories.purchase import make_basket, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def basket() -> Basket:
    """A basket of two things that are sold out, and a voucher that is over."""
    make_post()
    products = [make_product(stock=1) for _ in range(2)]
    basket = make_basket(*products)
    over = now() - timedelta(days=1)
    basket.vouchers.add(make_voucher("LAMP10", end_datetime=over))
    for product in products:
        record = stock_record(product)
        set_free(record, free=0, version=record.version, by=None, reason=Reason.EDIT)
    return basket


@pytest.mark.parametrize(("page", "count"), [("basket", 2), ("checkout", 3)])
def test_every_problem_leads_to_a_place_of_the_basket_that_takes_the_focus(
    client: Client, basket: Basket, page: str, count: int
) -> None:
    client.cookies[COOKIE] = basket.token
    told = client.get(f"/en/{page}/").content.decode()
    shown = client.get("/en/basket/").content.decode()

    places = re.findall(r'href="/en/basket/#([^"]+)"', told)

    assert len(set(places)) == count
    assert [each for each in places if f'id="{each}" tabindex="-1"' not in shown] == []
