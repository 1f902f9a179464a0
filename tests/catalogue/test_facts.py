"""The table of facts on a product's page."""

from decimal import Decimal

import pytest
from django.utils import translation

from storefront.catalogue.models import Product
from storefront.catalogue.queries.facts import Fact, facts_of, size_text, weight_text


@pytest.mark.parametrize(
    ("sides", "text"),
    [
        (
            (Decimal("14.0"), Decimal("14.0"), Decimal("16.0")),
            "14 × 14 × 16 cm (5.5 × 5.5 × 6.3 in)",
        ),
        ((Decimal("550.0"), Decimal("115.0"), None), "550 × 115 cm (216.5 × 45.3 in)"),
        ((Decimal("2.5"),), "2.5 cm (1 in)"),
        ((None, None, None), ""),
    ],
)
def test_sizes_are_told_in_both_measures(sides: tuple[Decimal | None, ...], text: str):
    assert size_text(*sides) == text


@pytest.mark.parametrize(
    ("grams", "text"),
    [(60, "60 g"), (999, "999 g"), (1000, "1 kg"), (1250, "1.25 kg"), (20000, "20 kg")],
)
def test_weights_are_told_in_the_fitting_unit(grams: int, text: str):
    assert weight_text(grams) == text


def test_facts_without_a_value_are_left_out():
    product = Product(upc="BR-1", hsn="7418", weight_g=900, lead_days=7)

    assert facts_of(product) == [
        Fact("Weight", "900 g"),
        Fact("Net quantity", "1 piece"),
        Fact("Sending", "Made to order, sent in 7 days"),
        Fact("Country of origin", "India"),
        Fact("HSN", "7418"),
        Fact("Article number", "BR-1"),
    ]


def test_materials_are_told_in_the_language_of_the_moment():
    product = Product(materials_en="Brass", materials_hi="पीतल", weight_g=1)

    with translation.override("hi"):
        texts = [fact.text for fact in facts_of(product)]

    assert "पीतल" in texts
    assert "Brass" not in texts
