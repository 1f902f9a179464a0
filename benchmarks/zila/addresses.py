"""Which pages of Zila are asked for; each kind in many examples, so that no one page is warm."""

import psycopg

from benchmarks.pages import EVERY_KIND, SEARCHES, Page

STORIES = 12
CARD = r'href="/en/shop/[\w-]+-\d+/"'


def story_slug(number: int) -> str:
    """Return the slug of a benchmark's story, counted from 0."""
    return f"a-morning-in-workshop-{number + 1}"


def pages(link: psycopg.Connection[tuple[object, ...]]) -> list[Page]:
    """Return the kinds of pages, with what they must show to be the right ones."""
    products = products_of(link)
    districts = [
        str(slug) for (slug,) in link.execute("SELECT slug FROM atlas_district ORDER BY id")
    ]
    return [
        Page("home", ["/en/"], shows=CARD, times=8),
        Page("list", [f"/en/shop/?district={slug}" for slug in districts], shows=CARD, times=24),
        Page(
            "all products",
            [f"/en/shop/?page={number}" for number in range(1, 101)],
            shows=CARD,
            times=24,
        ),
        Page("product", [path for path, _ in products], shows=r'action="/en/basket/add/"'),
        Page("search", [f"/en/search/?q={words}" for words in SEARCHES], shows=CARD, times=1),
        Page(
            "search, every kind",
            [f"/en/search/?q={words}" for words in EVERY_KIND],
            shows=CARD,
            times=1,
        ),
        Page(
            "story",
            [f"/en/stories/{story_slug(number)}/" for number in range(STORIES)],
            shows=r'action="/en/basket/add/"',
            times=6,
        ),
        Page(
            "API list",
            [f"/api/v1/products?limit=24&district={slug}" for slug in districts],
            shows=r'"price"',
            times=24,
        ),
    ]


def products_of(link: psycopg.Connection[tuple[object, ...]]) -> list[tuple[str, int]]:
    """Return five hundred products over the whole catalogue: address and number."""
    rows = link.execute(
        "SELECT slug, id FROM catalogue_product"
        " WHERE id % greatest((SELECT max(id) FROM catalogue_product) / 500, 1) = 0 ORDER BY id"
    )
    return [(f"/en/shop/{slug}-{number}/", int(str(number))) for slug, number in rows]
