"""The catalogue both shops are filled with: invented, plain, the same at every run."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from storefront.config.environment import ROOT

DATA = ROOT / "fixtures" / "data"
SELLERS_PER_DISTRICT = 2
PICTURES = 24
# Each list's length shares no factor with the others', so that all combinations come up.
STYLES = (
    ("Round", "गोल"),
    ("Tall", "ऊँचा"),
    ("Small", "छोटा"),
    ("Large", "बड़ा"),
    ("Old-style", "पुराने ढंग का"),
    ("Polished", "चमकाया हुआ"),
    ("Plain", "सादा"),
    ("Painted", "रंगा हुआ"),
    ("Engraved", "नक्काशीदार"),
    ("Festive", "त्योहार वाला"),
    ("Everyday", "रोज़ के काम का"),
)
MOTIFS = (
    ("peacock", "मोर"),
    ("lotus", "कमल"),
    ("fish", "मछली"),
    ("mango", "आम"),
    ("elephant", "हाथी"),
    ("vine", "बेल"),
    ("star", "तारे"),
    ("parrot", "तोते"),
    ("rose", "गुलाब"),
    ("wave", "लहर"),
    ("leaf", "पत्ते"),
    ("moon", "चाँद"),
    ("river", "नदी"),
)
# In Hindi all masculine, so that every style agrees with every thing.
THINGS = (
    ("bowl", "कटोरा", "7418"),
    ("lamp", "दीपक", "7418"),
    ("shawl", "दुशाला", "6214"),
    ("basket", "टोकरा", "4602"),
    ("platter", "थाल", "7418"),
    ("toy", "खिलौना", "9503"),
    ("box", "डिब्बा", "4420"),
    ("vase", "फूलदान", "6913"),
    ("carpet", "क़ालीन", "5702"),
    ("betel box", "पानदान", "7418"),
    ("rattle", "झुनझुना", "9503"),
    ("stole", "दुपट्टा", "6214"),
    ("jar", "मर्तबान", "6913"),
    ("bell", "घंटा", "8306"),
    ("stool", "मोढ़ा", "9401"),
    ("curtain", "पर्दा", "6303"),
    ("mirror", "आईना", "7009"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A district, with its name in both languages."""

    slug: str
    name_en: str
    name_hi: str


@dataclass(frozen=True, slots=True)
class Item:
    """A product. `seller` counts all sellers from 0; `price` in rupees with GST."""

    number: int
    title_en: str
    title_hi: str
    description_en: str
    description_hi: str
    place: int
    craft: int
    seller: int
    picture: int
    price: Decimal
    stock: int
    hsn: str

    @property
    def sku(self) -> str:
        """Return the article number."""
        return f"BENCH-{self.number:07d}"


@cache
def places() -> tuple[Place, ...]:
    """Return the 75 districts."""
    with (DATA / "districts.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            Place(row["slug"], row["name_en"], row["name_hi"]) for row in csv.DictReader(rows)
        )


@cache
def craft_slugs() -> tuple[str, ...]:
    """Return the slugs of the crafts."""
    told = tomllib.loads((DATA / "crafts.toml").read_text(encoding="utf-8"))
    return tuple(craft["slug"] for craft in told["crafts"])


def items(first: int, last: int) -> Iterator[Item]:
    """Return the products with these numbers, both included; the first of all is 1."""
    return (item(number) for number in range(first, last + 1))


def item(number: int) -> Item:
    """Return a product by its number: neighbours are of different districts and sellers."""
    style_en, style_hi = STYLES[number % len(STYLES)]
    motif_en, motif_hi = MOTIFS[number % len(MOTIFS)]
    thing_en, thing_hi, hsn = THINGS[number % len(THINGS)]
    place = number % len(places())
    there = places()[place]
    return Item(
        number=number,
        title_en=f"{style_en} {motif_en} {thing_en} of {there.name_en}",
        title_hi=f"{there.name_hi} का {style_hi} {thing_hi}, {motif_hi} वाला",
        description_en=(
            f"A {thing_en} made by hand in {there.name_en}, with the {motif_en} in its old form. "
            f"Two people worked on it, one after the other. "
            f"No two pieces are quite alike: small differences are the hand's own. "
            f"Wipe it with a dry cloth, and keep it away from damp."
        ),
        description_hi=(
            f"{there.name_hi} में हाथ से बना {thing_hi}; इस पर {motif_hi} का पुराना नमूना है। "
            f"इसे दो लोगों ने बारी-बारी से बनाया है। "
            f"कोई दो नग बिल्कुल एक जैसे नहीं होते, यह छोटा अंतर हाथ की पहचान है। "
            f"सूखे कपड़े से पोंछें और नमी से बचाकर रखें।"
        ),
        place=place,
        craft=number % len(craft_slugs()),
        seller=place * SELLERS_PER_DISTRICT + number // len(places()) % SELLERS_PER_DISTRICT,
        picture=number % PICTURES,
        price=Decimal(200 + number * 37 % 900),
        stock=60 + number * 7 % 40,
        hsn=hsn,
    )
