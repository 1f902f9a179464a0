"""Which pages of stock Oscar are asked for: those that do the work of Zila's."""

import psycopg

from benchmarks.pages import EVERY_KIND, SEARCHES, Page

CARD = r'<article class="product_pod">'


def pages(link: psycopg.Connection[tuple[object, ...]]) -> list[Page]:
    """Return the kinds of pages; Oscar's home is its whole catalogue, and it has no stories."""
    rows = link.execute("SELECT slug, id FROM catalogue_category ORDER BY id").fetchall()
    categories = [f"/catalogue/category/{slug}_{number}/" for slug, number in rows]
    at_once = [f"/at-once/{number}/" for _, number in rows]
    products = [path for path, _ in products_of(link)]
    return [
        Page("home", ["/catalogue/"], shows=CARD, times=24),
        Page("list", categories, shows=CARD, times=24),
        Page("list, loaded at once", at_once, shows=CARD, times=24),
        Page(
            "all products",
            [f"/catalogue/?page={number}" for number in range(1, 101)],
            shows=CARD,
            times=24,
        ),
        Page("product", products, shows=r'id="add_to_basket_form"'),
        Page("search", [f"/search/?q={words}" for words in SEARCHES], shows=CARD, times=1),
        Page(
            "search, every kind",
            [f"/search/?q={words}" for words in EVERY_KIND],
            shows=CARD,
            times=1,
        ),
    ]


def products_of(link: psycopg.Connection[tuple[object, ...]]) -> list[tuple[str, int]]:
    """Return five hundred products over the whole catalogue: address and number."""
    rows = link.execute(
        "SELECT slug, id FROM catalogue_product"
        " WHERE id % greatest((SELECT max(id) FROM catalogue_product) / 500, 1) = 0 ORDER BY id"
    )
    return [(f"/catalogue/{slug}_{number}/", int(str(number))) for slug, number in rows]
