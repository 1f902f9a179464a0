"""The two shops of a run: how each is filled and started, and what is asked of it."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import psutil

import benchmarks.stock_oscar.addresses
import benchmarks.stock_oscar.journey
import benchmarks.zila.addresses
import benchmarks.zila.journey
from benchmarks.databases import Server
from benchmarks.processes import Program, cpu_seconds, free_port, program, run_to_end, web_server
from benchmarks.wire import LOOPBACK
from fixtures.stripe_double.runner import OfflineStripe
from fixtures.stripe_double.runner import running as offline_stripe
from storefront.config.environment import OFFLINE_STRIPE_KEY, ROOT
from storefront.config.up.memory import digest_of
from storefront.config.up.plan import MARK, manage
from storefront.config.up.screen import step

HERE = Path(__file__).parent
WEBHOOK_SECRET = "whsec_zila_offline"


@dataclass(frozen=True, slots=True)
class Shop:
    """One of the two. `tables` make the schema, `fill` the catalogue; both are command lines."""

    key: str
    title: str
    settings: str
    application: str
    addresses: ModuleType
    journey: ModuleType
    tables: list[str]
    fill: list[str]
    sources: tuple[str, ...]

    def template_name(self, products: int) -> str:
        """Return the name of the filled database; it changes with what the shop is filled by."""
        files = [file for pattern in self.sources for file in ROOT.glob(pattern)]
        digest = digest_of([*files, HERE / "catalogue.py", ROOT / "requirements.txt"])
        return f"{self.key}_{products}_{digest[:10]}"

    def surroundings(self, run: Path, database_url: str) -> dict[str, str]:
        """Return the environment variables of its programs: production, and none of our own."""
        var = run.parent / self.key
        return os.environ | {
            "PYTHONUNBUFFERED": "1",
            MARK: str(run.parent),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "DATABASE_URL": database_url,
            "VAR_DIR": str(var),
            "MEDIA_ROOT": str(var / "media"),
            "DEBUG": "false",
            "DJANGO_SECRET_KEY": "for-benchmarks-only-" + "0" * 40,
            "SHOP_URL": self.journey.ORIGIN,
            "ALLOWED_HOSTS": LOOPBACK,
            "STRIPE_SECRET_KEY": OFFLINE_STRIPE_KEY,
            "STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
            "STRIPE_API_BASE": f"http://{LOOPBACK}:9",
            # A benchmark's buyers are few, and order thousands of times.
            "PAYMENT_STARTS_AN_HOUR": "1000000",  # all buyers come from one address
            "EMAIL_URL": (var / "mail").as_uri(),
            "EMAIL_FROM": "Zila <hello@zila.example>",
            "REDIS_URL": "",
            "PAGES_KEPT_SECONDS": "0",
            "THEME": "zila",
            "TASKS": "worker",
            "CONN_MAX_AGE": "600",
            "LOG_LEVEL": "ERROR",
        }


ZILA = Shop(
    key="zila",
    title="Zila",
    settings="storefront.config.settings",
    application="storefront.config.wsgi:application",
    addresses=benchmarks.zila.addresses,
    journey=benchmarks.zila.journey,
    tables=manage("schema_snapshot", "apply"),
    fill=[sys.executable, "-m", "benchmarks.inside", "benchmarks.zila.fill"],
    sources=(
        "storefront/*/migrations/*.py",
        "cms/migrations/*.py",
        "storefront/catalogue/models/*.py",
        "fixtures/data/*.*",
        "benchmarks/copying.py",
        "benchmarks/zila/addresses.py",
        "benchmarks/zila/fill.py",
    ),
)
STOCK_OSCAR = Shop(
    key="oscar",
    title="stock Oscar",
    settings="benchmarks.stock_oscar.settings",
    application="benchmarks.stock_oscar.wsgi:application",
    addresses=benchmarks.stock_oscar.addresses,
    journey=benchmarks.stock_oscar.journey,
    tables=[sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity=0"],
    fill=[sys.executable, "-m", "benchmarks.inside", "benchmarks.stock_oscar.fill"],
    sources=(
        "benchmarks/copying.py",
        "benchmarks/stock_oscar/*.py",
        "fixtures/data/districts.csv",
    ),
)
SHOPS = (ZILA, STOCK_OSCAR)


@dataclass(frozen=True, slots=True)
class OpenShop:
    """A shop that is running on a catalogue of its own."""

    shop: Shop
    products: int
    database: str
    server: Server
    surroundings: dict[str, str]
    web: Program
    port: int
    bank_port: int
    bank: OfflineStripe | None
    run: Path

    def bank_seconds(self) -> float:
        """Return the processor time spent so far by the offline Stripe; stock Oscar has none."""
        return cpu_seconds([psutil.Process(self.bank.process.pid)]) if self.bank else 0.0

    def cpu_seconds(self) -> tuple[float, float]:
        """Return the processor time spent so far by the web server, and by the database."""
        return self.web.cpu_seconds(), self.server.cpu_seconds()


def fill(server: Server, shop: Shop, sizes: list[int], run: Path) -> dict[int, str]:
    """
    Return the filled databases by size; those that are missing are made.

    A larger one grows out of the next smaller.
    """
    names = {products: shop.template_name(products) for products in sorted(sizes)}
    start, kept = "template0", {}
    for products, kept_name in names.items():
        before = start

        def make(name: str, products: int = products, before: str = before) -> None:
            with step(f"filling {shop.title} with {products:,} products"):
                surroundings = shop.surroundings(run, server.url(name)) | {"TASKS": "immediate"}
                if before == "template0":
                    command = shop.tables
                    run_to_end(f"{shop.key}-tables", command, surroundings=surroundings, run=run)
                command = [*shop.fill, str(products)]
                run_to_end(f"{shop.key}-fill", command, surroundings=surroundings, run=run)

        kept[products] = start = server.template(kept_name, make, start=before)
    server.drop_outdated(set(names.values()))
    return kept


@contextmanager
def opened(
    server: Server, shop: Shop, products: int, template: str, run: Path
) -> Iterator[OpenShop]:
    """Open a shop on a fresh copy of its filled database, and close it after the block."""
    name = f"run_{shop.key}"
    with ExitStack() as stack:
        server.copy(template, name)
        stack.callback(server.drop, name)
        port = free_port()
        surroundings = shop.surroundings(run, server.url(name))
        bank = _open_bank(stack, surroundings, port, run) if shop is ZILA else None
        bank_port = int(bank.url.rpartition(":")[2]) if bank else 0
        serve = web_server(
            f"{shop.key}-web", shop.application, surroundings=surroundings, run=run, port=port
        )
        web = stack.enter_context(serve)
        yield OpenShop(shop, products, name, server, surroundings, web, port, bank_port, bank, run)


def _open_bank(
    stack: ExitStack, surroundings: dict[str, str], port: int, run: Path
) -> OfflineStripe:
    """Start what belongs to Zila beside its web server; return the bank."""
    bank = stack.enter_context(
        offline_stripe(
            Path(surroundings["VAR_DIR"]) / "stripe",
            webhook_url=f"http://{LOOPBACK}:{port}/webhooks/stripe/",
            webhook_secret=WEBHOOK_SECRET,
        )
    )
    bank.reset()
    surroundings["STRIPE_API_BASE"] = bank.url
    command = manage("db_worker", "--no-reload", "--no-startup-delay")
    worker = program("zila-worker", command, surroundings=surroundings, run=run)
    stack.enter_context(worker)
    return bank
