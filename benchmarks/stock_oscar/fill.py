"""
Fill stock Oscar with the catalogue.

`python -m benchmarks.inside benchmarks.stock_oscar.fill 10000` brings the database in
DATABASE_URL up to that many.
"""

from django.contrib.sites.models import Site
from django.utils.text import slugify
from oscar.apps.address.models import Country
from oscar.apps.catalogue.models import Category, Product, ProductCategory, ProductClass
from oscar.apps.partner.models import Partner, StockRecord

from benchmarks.catalogue import SELLERS_PER_DISTRICT, items, places
from benchmarks.copying import moment, put


def main(words: list[str]) -> None:
    """Fill up to so many products as the word says; what is there already is kept."""
    there, wanted = Product.objects.count(), int(words[0])
    if not there:
        _world()
    _products(there + 1, wanted)


def _world() -> None:
    """Make a category for each district, its sellers, and the one country."""
    Site.objects.get_or_create(pk=1, defaults={"domain": "shop.example", "name": "Stock"})
    Country.objects.create(
        iso_3166_1_a2="IN", name="India", printable_name="India", is_shipping_country=True
    )
    ProductClass.objects.create(name="Craft", requires_shipping=True, track_stock=True)
    for place in places():
        Category.add_root(name=place.name_en, slug=place.slug)
    Partner.objects.bulk_create(
        Partner(
            code=f"workshop-{number + 1}",
            name=f"Workshop {number + 1} of {places()[number // SELLERS_PER_DISTRICT].name_en}",
        )
        for number in range(len(places()) * SELLERS_PER_DISTRICT)
    )


def _products(first: int, last: int) -> None:
    """Put products on sale, with their categories and stock records."""
    by_slug = dict(Category.objects.values_list("slug", "pk"))
    categories = [by_slug[place.slug] for place in places()]
    sellers = list(Partner.objects.order_by("pk").values_list("pk", flat=True))
    put(
        Product(product_class=ProductClass.objects.get(), structure=Product.STANDALONE),
        (
            {
                "id": item.number,
                "upc": item.sku,
                "title": item.title_en,
                "slug": slugify(item.title_en),
                "description": item.description_en,
                "date_created": moment(item.number),
            }
            for item in items(first, last)
        ),
    )
    put(
        ProductCategory(),
        (
            {
                "id": item.number,
                "product_id": item.number,
                "category_id": categories[item.place],
            }
            for item in items(first, last)
        ),
    )
    put(
        StockRecord(price_currency="INR"),
        (
            {
                "id": item.number,
                "product_id": item.number,
                "partner_id": sellers[item.seller],
                "partner_sku": item.sku,
                "price": item.price,
                "num_in_stock": item.stock,
            }
            for item in items(first, last)
        ),
    )
