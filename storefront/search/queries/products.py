"""Which live products hold the words, best first."""

from typing import NamedTuple

from django.db import connection
from psycopg import sql

from storefront.search.rules.meaning import Meaning

PAGE_SIZE = 24
# Note [Few are ranked]
# A rank reads all words of an entry, some microseconds each. So no more than these are put in
# order or counted; nobody turns forty pages.
RANKED = 1000


class Page(NamedTuple):
    """The products of one page by number; of `total`, more than RANKED are not counted."""

    numbers: list[int]
    total: int
    page: int
    pages: int


def products_with(meaning: Meaning, *, page: int) -> Page:
    """Return a page of the live products that fit; one beyond the last is the last."""
    statement = sql.SQL(_BEST).format(
        asked=sql.Literal(meaning.asked),
        typed=sql.Literal(meaning.typed),
        page=sql.Literal(page),
        size=sql.Literal(PAGE_SIZE),
        ranked=sql.Literal(RANKED),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall()
    total = rows[0][1] if rows else 0
    pages = max(1, -(-min(total, RANKED) // PAGE_SIZE))
    return Page([number for number, _ in rows], total, min(max(page, 1), pages), pages)


# The words are inside the statement, so that PostgreSQL sees how common they are: it reads the
# newest until there are enough, or asks the index for those few that have them. As parameters they
# would get the one plan that it keeps for all words, thirty times slower. See Note [Few are
# ranked]. Names come first; only if they are too few, whatever else has the words.
_BEST = """
    WITH fits AS (
        (
            SELECT product_id, name AS words, true AS is_named FROM search_entry
            WHERE name @@ to_tsquery('english', {asked})
            ORDER BY product_id DESC LIMIT {ranked} + 1
        ) UNION ALL (
            SELECT product_id, words, false FROM search_entry
            WHERE words @@ to_tsquery('english', {asked})
                AND NOT name @@ to_tsquery('english', {asked})
            ORDER BY product_id DESC LIMIT {ranked} + 1
        ) LIMIT {ranked} + 1
    ), ranked AS (
        SELECT product_id, count(*) OVER () AS total, row_number() OVER (
            ORDER BY is_named DESC,
                ts_rank('{{.1, .3, .6, 1}}', words, to_tsquery('english', {asked}))
                + ts_rank('{{.1, .3, .6, 1}}', words, to_tsquery('english', {typed})) DESC,
                product_id DESC
        ) - 1 AS place FROM fits
    )
    SELECT product_id, total FROM ranked
    WHERE place / {size}
        = least(greatest({page}, 1), (least(total, {ranked}) - 1) / {size} + 1) - 1
    ORDER BY place
"""
