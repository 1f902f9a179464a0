"""Oscar's dashboard saves whole rows: it must not write over what was sold meanwhile."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from storefront.stock.services import Pieces, take
from tests.factories.catalogue import make_product, stock_record

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
