"""A small bazaar to filter."""

import pytest

from storefront.catalogue.models import Product
from tests.factories.catalogue import (
    make_artisan,
    make_craft,
    make_district,
    make_product,
    make_seller,
)


@pytest.fixture
def bazaar() -> dict[str, Product]:
    """Four products of two districts, three crafts and two makers."""
    varanasi = make_district("Varanasi", "वाराणसी")
    weaving = make_craft("Weaving", "बुनाई", "textile")
    shabana = make_artisan()
    ram = make_artisan("Ram Prasad", "राम प्रसाद", district=varanasi, craft=weaving)
    seller = make_seller()
    return {
        "lota": make_product(title_en="Lota", price=1450, artisan=shabana, seller=seller),
        "lamp": make_product(title_en="Lamp", price=300, artisan=shabana, stock=0, seller=seller),
        "saree": make_product(
            title_en="Saree",
            price=9000,
            artisan=ram,
            district=varanasi,
            craft=weaving,
            seller=seller,
        ),
        "toy": make_product(
            title_en="Toy",
            price=200,
            district=varanasi,
            craft=make_craft("Toys", "खिलौने"),
            seller=seller,
        ),
    }
