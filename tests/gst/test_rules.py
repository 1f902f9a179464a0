"""GST: the law's arithmetic, by worked examples."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storefront.core.money import PAISA, ZERO
from storefront.gst.rules import (
    GstRule,
    PriceInGap,
    TaxSplit,
    collected_at_source,
    rate_for,
    split_inclusive,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
APPAREL = GstRule(rate=Decimal(5), rate_above=Decimal(18))


def words(vector: dict[str, Any]) -> str:
    return "-".join(str(value) for value in vector.values())


@pytest.mark.parametrize("vector", VECTORS["inclusive_split"], ids=words)
def test_a_price_with_gst_inside_comes_apart_as_in_the_worked_examples(
    vector: dict[str, Any],
) -> None:
    split = split_inclusive(
        Decimal(vector["price_incl"]), rate=Decimal(vector["rate"]), within_state=vector["intra"]
    )

    assert split == TaxSplit(
        *(Decimal(vector[part]) for part in ("taxable", "cgst", "sgst", "igst"))
    )
    assert split.taxable + split.tax == Decimal(vector["total"])


@pytest.mark.parametrize("vector", VECTORS["apparel_threshold"], ids=words)
def test_a_threshold_good_is_taxed_by_its_price_or_has_no_lawful_price(
    vector: dict[str, str],
) -> None:
    price = Decimal(vector["price_incl_per_piece"])

    if vector["expect"] == "invalid_dead_zone":
        with pytest.raises(PriceInGap):
            rate_for(APPAREL, unit_price=price)
    else:
        assert rate_for(APPAREL, unit_price=price) == Decimal(vector["expect"])


@pytest.mark.parametrize("vector", VECTORS["tcs"], ids=words)
def test_tax_collected_at_source_is_as_in_the_worked_examples(vector: dict[str, Any]) -> None:
    collected = collected_at_source(
        Decimal(vector["net_taxable"]), rate=Decimal("0.5"), within_state=vector["intra"]
    )

    assert (collected.cgst, collected.sgst, collected.igst) == tuple(
        Decimal(vector[part]) for part in ("tcs_cgst", "tcs_sgst", "tcs_igst")
    )


def test_a_good_without_a_threshold_keeps_its_rate_at_any_price() -> None:
    assert rate_for(GstRule(rate=Decimal(5)), unit_price=Decimal(60000)) == Decimal(5)


@settings(deadline=None)
@given(
    paise=st.integers(min_value=1, max_value=10**10),
    rate=st.sampled_from([Decimal(each) for each in ("0", "0.25", "3", "5", "18", "28", "40")]),
    within_state=st.booleans(),
)
def test_the_parts_of_any_price_add_up_to_it(paise: int, rate: Decimal, within_state: bool) -> None:
    price = paise * PAISA

    split = split_inclusive(price, rate=rate, within_state=within_state)

    assert split.taxable + split.cgst + split.sgst + split.igst == price
    assert split.cgst == split.sgst
    assert (split.igst if within_state else split.cgst) == ZERO
    assert all(part >= 0 for part in (split.taxable, split.cgst, split.igst))
