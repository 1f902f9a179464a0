"""What the search box learns: the words on show, the first synonyms, what nobody found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q

from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Artisan, Product
from storefront.catalogue.queries.filters import ORDER, Sort
from storefront.core.plugs import plug
from storefront.core.words import plain
from storefront.search.models import Entry, Miss, Synonyms, Term
from storefront.search.rules.folding import STOP_WORDS, words_of
from storefront.search.rules.privacy import kept_words
from storefront.search.rules.vocabulary import Kind

# Every process keeps the vocabulary: more names and words would not make it better.
MOST_WORDS, MOST_MAKERS, MOST_PRODUCTS = 20_000, 2_000, 2_000
MOST_MISSES, MISS_DAYS = 1_000, 90
# So many of the newest descriptions have their words known: others repeat them.
MOST_TOLD = 5_000
MINUTES_A_DAY = 24 * 60
MOST_MISSED = 5_000
BATCH = 2_000
# What of a term is compared with what was written down before.
_COLUMNS = ("kind", "text_en", "text_hi", "others", "slug", "number", "place")


def index_products(*, first: int, last: int) -> None:
    """
    Write down the words of the live products with these numbers, and forget the others'.

    What search finds is what this wrote last; one statement, safe to run again.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, {"first": first, "last": last})


# Weights as `how-search-works` tells them: the name, craft and district, then everything else.
_INDEX = """
    WITH told AS (
        SELECT product.id,
            to_tsvector('english', normalize(concat_ws(' ', title_en, title_hi))) AS name,
            to_tsvector('english', normalize(concat_ws(' ',
                district.name_en, district.name_hi, craft.name_en, craft.name_hi
            ))) AS place,
            to_tsvector('english', normalize(concat_ws(' ',
                materials_en, materials_hi, former_names, artisan.name_en, artisan.name_hi,
                description_en, description_hi
            ))) AS rest
        FROM catalogue_product product
        LEFT JOIN atlas_district district ON district.id = product.district_id
        LEFT JOIN atlas_craft craft ON craft.id = product.craft_id
        LEFT JOIN catalogue_artisan artisan
            ON artisan.id = product.artisan_id AND artisan.is_named
        WHERE product.id BETWEEN %(first)s AND %(last)s AND product.state = 'live'
    ), gone AS (
        DELETE FROM search_entry WHERE product_id BETWEEN %(first)s AND %(last)s
            AND NOT EXISTS (SELECT FROM told WHERE told.id = product_id)
    )
    INSERT INTO search_entry AS kept (product_id, name, words)
    SELECT id, name, setweight(name, 'A') || setweight(place, 'B') || setweight(rest, 'C')
    FROM told ORDER BY id
    ON CONFLICT (product_id) DO UPDATE SET name = EXCLUDED.name, words = EXCLUDED.words
        WHERE (kept.name, kept.words) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.words)
"""


def follow_maker(maker: Artisan) -> None:
    """Index a maker's products anew; of one who may not be named, forget where they are found."""
    for number in Product.objects.filter(artisan=maker).order_by("pk").values_list("pk", flat=True):
        index_products(first=number, last=number)
    if not maker.is_named:
        named = Artisan.objects.filter(is_named=True).values("slug")
        plain(Term).filter(kind=Kind.MAKER).exclude(slug__in=named).delete()


def forget_words(names: Iterable[str]) -> None:
    """
    Let the search box suggest the words of these names no more.

    Words that something else on show has, too, are known again when the clock collects them.
    """
    if words := {word for name in names for word in words_of(name)}:
        plain(Term).filter(kind=Kind.WORD, text_en__in=words).delete()


def index_a_share(*, now: datetime) -> None:
    """
    Index this minute's share of all products: a new name of a craft is known within a day.

    Live products that search does not know at all come first, some thousands a minute.
    """
    unknown = Product.objects.live().exclude(Exists(Entry.objects.filter(product=OuterRef("pk"))))
    missed = unknown.order_by("pk").values_list("pk", flat=True).first()
    if missed:
        index_products(first=missed, last=missed + MOST_MISSED - 1)
    last = Product.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    share = last // MINUTES_A_DAY + 1
    first = (now.hour * 60 + now.minute) * share
    index_products(first=first, last=first + share - 1)


@transaction.atomic(durable=True)
def collect_terms() -> int:
    """Write down the words and names that are on show now; return how many are new."""
    wanted = {_facts(term): term for term in _terms()}
    known = {tuple(row[1:]): row[0] for row in plain(Term).values_list("pk", *_COLUMNS)}
    gone = [pk for facts, pk in known.items() if facts not in wanted]
    plain(Term).filter(pk__in=gone).delete()
    new = [term for facts, term in wanted.items() if facts not in known]
    Term.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def plant_synonyms(rows: Iterable[Mapping[str, str]]) -> int:
    """Give a shop without synonyms its first ones; return how many rows there were."""
    first = [Synonyms(words=row["words"]) for row in rows]
    if not Synonyms.objects.exists():
        Synonyms.objects.bulk_create(first)
    return len(first)


def note_miss(text: str, *, now: datetime) -> None:
    """
    Count a search that found nothing; one statement, and none if it could say who searched.

    When a thousand are waiting for the editors, no new ones are taken.
    """
    words = kept_words(text)
    if not words:
        return
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"words": words, "now": now, "most": MOST_MISSES})


_NOTE = """
    INSERT INTO search_miss AS known (words, times, last_at)
    SELECT %(words)s::text, 1, %(now)s::timestamptz
    WHERE (SELECT count(*) FROM search_miss) < %(most)s::integer
        OR EXISTS (SELECT FROM search_miss WHERE words = %(words)s::text)
    ON CONFLICT (words) DO UPDATE SET times = known.times + 1, last_at = EXCLUDED.last_at
"""


def forget_misses(*, now: datetime) -> int:
    """Forget what nobody has searched for lately, and make room; return how many."""
    old = Q(last_at__lt=now - timedelta(days=MISS_DAYS))
    kept = Miss.objects.order_by("-times", "-last_at", "pk").values("pk")[: MOST_MISSES // 2]
    full = Miss.objects.count() >= MOST_MISSES
    forgotten = Miss.objects.filter(old | ~Q(pk__in=kept) if full else old)
    return forgotten.delete()[0]


def _terms() -> Iterator[Term]:
    """Return all terms, within each kind those met most first."""
    names = [*_places(), *_makers(), *_products()]
    yield from names
    counted = _counted(_texts())
    for term in names:
        if term.kind != Kind.PRODUCT:  # those were among the texts
            counted.update(_counted([f"{term.text_en} {term.text_hi} {term.others}"]))
    for word, times in counted.most_common(MOST_WORDS):
        # By powers of two: a word met once more is not a row to write anew.
        yield Term(kind=Kind.WORD, text_en=word, place=64 - times.bit_length())
    room = max(MOST_WORDS - len(counted), 0)
    only_told = Counter({w: n for w, n in _counted(_descriptions()).items() if w not in counted})
    for word, _times in only_told.most_common(room):
        yield Term(kind=Kind.WORD, text_en=word, place=64)


def _places() -> Iterator[Term]:
    """Return crafts, those of most products first, and districts by name."""
    live = Count("products", filter=Q(products__is_public=True))
    crafts = plain(Craft).annotate(live=live).order_by("-live", "pk")
    names = ("name_en", "name_hi", "slug")
    for place, (english, hindi, slug) in enumerate(crafts.values_list(*names)):
        yield Term(kind=Kind.CRAFT, text_en=english, text_hi=hindi or "", slug=slug, place=place)
    districts = plain(District).order_by("slug").values_list(*names, "former_names")
    for english, hindi, slug, former in districts:
        yield Term(
            kind=Kind.DISTRICT, text_en=english, text_hi=hindi or "", others=former, slug=slug
        )


def _makers() -> Iterator[Term]:
    named = plain(Artisan).filter(is_named=True)
    makers = named.order_by("pk").values_list("name_en", "name_hi", "slug")
    for english, hindi, slug in makers[:MOST_MAKERS]:
        yield Term(kind=Kind.MAKER, text_en=english, text_hi=hindi or "", slug=slug)


def _products() -> Iterator[Term]:
    """Return the products that the shop itself shows first."""
    live = plain(Product).filter(is_public=True).order_by(*ORDER[Sort.FEATURED])
    rows = live.values_list("title_en", "title_hi", "slug", "pk")[:MOST_PRODUCTS]
    for english, hindi, slug, number in rows:
        yield Term(
            kind=Kind.PRODUCT, text_en=english, text_hi=hindi or "", slug=slug, number=number
        )


def _texts() -> Iterator[str]:
    """Return the texts whose words are known: of live products, of makers' towns, of stories."""
    live = plain(Product).filter(is_public=True)
    told = live.values_list("title_en", "title_hi", "materials_en", "materials_hi")
    for texts in told.iterator(chunk_size=BATCH):
        yield " ".join(filter(None, texts))
    for towns in plain(Artisan).values_list("town_en", "town_hi").distinct():
        yield " ".join(filter(None, towns))
    yield from plug("STORY_TITLES")()


def _descriptions() -> Iterator[str]:
    live = plain(Product).filter(is_public=True).order_by("-pk")
    told = live.values_list("description_en", "description_hi")[:MOST_TOLD]
    for texts in told.iterator(chunk_size=BATCH):
        yield " ".join(filter(None, texts))


def _counted(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word is met that tells something."""
    return Counter(word for text in texts for word in words_of(text) if _tells_something(word))


def _facts(term: Term) -> tuple[object, ...]:
    return tuple(getattr(term, column) for column in _COLUMNS)


def _tells_something(word: str) -> bool:
    return 1 < len(word) <= 60 and word not in STOP_WORDS and not word[0].isdigit()
