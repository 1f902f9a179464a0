"""What `make run` starts: the programs, their order and their surroundings."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from storefront.config.environment import ROOT, Environment
from storefront.config.up import ports

# All of a project's programs carry this word in their surroundings, to be known as ours.
MARK = "ZILA_RUN"


@dataclass(frozen=True, slots=True)
class Program:
    """One program to keep running."""

    name: str
    command: list[str]
    # A page needs none of it: it starts when the first page has been served, which is then sooner.
    in_background: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One start of the shop."""

    environment: Environment
    port: int
    stripe_port: int | None

    @property
    def var(self) -> Path:
        """The folder of everything that is made while the shop runs."""
        return self.environment.var_dir.resolve()

    @property
    def url(self) -> str:
        """The shop's address on this machine."""
        return f"http://{ports.LOOPBACK}:{self.port}"

    @property
    def host(self) -> str:
        """The host the shop answers to: on this machine its address, else the public name."""
        if self.environment.is_local:
            return f"{ports.LOOPBACK}:{self.port}"
        return urlsplit(self.environment.shop_url).netloc

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment variables of the programs: ours, and what this start has decided."""
        given = os.environ | {"PYTHONUNBUFFERED": "1", MARK: str(self.var)}
        if self.environment.is_local:
            given["SHOP_URL"] = self.url
        if self.stripe_port is not None:
            given["STRIPE_API_BASE"] = f"http://{ports.LOOPBACK}:{self.stripe_port}"
        return given

    @property
    def programs(self) -> list[Program]:
        """The programs in the order they are started."""
        offline = [] if self.stripe_port is None else [self._offline_stripe(self.stripe_port)]
        return [
            *offline,
            Program("web", self._web()),
            Program(
                "worker",
                manage("db_worker", "--no-reload", "--no-startup-delay"),
                in_background=True,
            ),
            Program("clock", manage("run_clock"), in_background=True),
        ]

    def _offline_stripe(self, port: int) -> Program:
        hook = f"{self.url}/webhooks/stripe/"
        secret = self.environment.stripe_webhook_secrets[0]
        command = [sys.executable, "-m", "fixtures.stripe_double", "--port", str(port)]
        command += ["--data", str(self.var / "stripe")]
        return Program("stripe", [*command, "--webhook-url", hook, "--webhook-secret", secret])

    def _web(self) -> list[str]:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
        command += ["--host", ports.LOOPBACK, "--port", str(self.port)]
        # One process keeps the whole shop under 1 GB; the threads let a page wait for Stripe
        # while another is served. They live long: each keeps its own database connection.
        command += ["--workers", "1", "--blocking-threads", "4"]
        command += ["--blocking-threads-idle-timeout", "600", "--no-ws"]
        return [*command, "storefront.config.wsgi:application"]


def manage(*words: str) -> list[str]:
    """Return the command line of a management command."""
    return [sys.executable, str(ROOT / "manage.py"), *words]
