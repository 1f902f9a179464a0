"""Oscar's dashboard saves whole rows: it must not write over what was sold meanwhile."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from storefront.partner.models import StockRecord
from storefront.stock.queries import differences
from storefront.stock.services import Pieces, take
from tests.factories.catalogue import make_draft, make_product, make_seller, stock_record

pytestmark = pytest.mark.django_db


def test_a_row_that_was_read_before_a_sale_cannot_undo_it() -> None:
    lota = make_product(stock=5)
    stale = stock_record(lota)
    take([Pieces(stale.pk, 2)], reference="ZK-1")

    stale.low_stock_threshold = 1
    stale.save()

    after = stock_record(lota)
    assert (after.num_allocated, after.low_stock_threshold) == (2, 1)


@pytest.mark.parametrize("change", [{"num_in_stock": 50}, {"price": Decimal("1.00")}])
def test_stock_and_price_are_refused_with_the_place_to_change_them(change: dict[str, int]) -> None:
    record = stock_record(make_product(stock=5))
    for name, value in change.items():
        setattr(record, name, value)

    with pytest.raises(ValidationError, match="seller desk"):
        record.full_clean()


def test_a_new_record_begins_without_pieces_so_that_each_count_has_its_row() -> None:
    draft, seller = make_draft(), make_seller()
    fresh = StockRecord(
        product=draft, partner=seller, partner_sku="A", price=Decimal(100), num_in_stock=5
    )

    with pytest.raises(ValidationError, match="seller desk"):
        fresh.full_clean()

    fresh.num_in_stock = 0
    fresh.full_clean()
    fresh.save()
    assert differences() == []
