"""Load what every shop needs before its first product: places, crafts, colours, taxes, words."""

import csv
import tomllib
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from storefront.atlas import services as atlas
from storefront.catalogue.models import Colour, Material
from storefront.catalogue.services import load_words
from storefront.partner import services as partner
from storefront.search import services as search
from storefront.shipping import services as shipping

# In this order: districts come before what lies in them.
TABLES: dict[str, Callable[[list[Mapping[str, str]]], int]] = {
    "states.csv": atlas.load_states,
    "districts.csv": atlas.load_districts,
    "crafts.toml": atlas.load_crafts,
    "district_products.csv": atlas.load_listed_products,
    "pincodes.csv": atlas.load_pincodes,
    "pin_prefixes.csv": atlas.load_pin_prefixes,
    "unserved_pins.csv": atlas.plant_unserved_pins,
    "colours.csv": partial(load_words, Colour),
    "materials.csv": partial(load_words, Material),
    "shipping_rates.csv": shipping.load_rates,
    "seller_rates.csv": partner.load_rates,
    "synonyms.toml": search.plant_synonyms,
}


class Command(BaseCommand):
    """Safe to run again: rows are brought up to date by their own names."""

    help = "Load places, crafts, colours, materials, charges, sellers' rates and synonyms."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder of the tables."""
        parser.add_argument(
            "--from", dest="folder", type=Path, default=settings.BASE_DIR / "fixtures" / "data"
        )

    @transaction.atomic
    def handle(self, *, folder: Path, **_options: object) -> None:
        """Load all tables, or none."""
        shipping.deliver_within_india()
        for name, load in TABLES.items():
            began = perf_counter()
            count = load(_rows(folder / name))
            self.stdout.write(f"  {name:<24}{count:>6}{perf_counter() - began:>8.1f} s")


def _rows(file: Path) -> list[Mapping[str, str]]:
    if file.suffix == ".toml":
        return list(tomllib.loads(file.read_text(encoding="utf-8"))[file.stem])
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
