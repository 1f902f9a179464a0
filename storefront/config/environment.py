"""What the surroundings tell the shop: every environment variable, typed, in one place."""

import json
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from storefront.config.themes import lineage
from storefront.config.values import (
    Hosts,
    InCapitals,
    Mail,
    Origin,
    Postgres,
    Redis,
    SecretKey,
    Sender,
    StripeKey,
    WebhookSecrets,
    usable_folder,
)

ROOT = Path(__file__).resolve().parents[2]
OFFLINE_STRIPE_KEY = "sk_test_zila_offline"
OFFLINE_WEBHOOK_SECRET = "whsec_zila_offline"  # noqa: S105 -- known to everybody, on purpose
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
# On one's own machine all of these have a meaning when they are missing; elsewhere none may.
NEEDED_ELSEWHERE = ("django_secret_key", "stripe_secret_key", "email_url", "email_from")
# pydantic's own words are a programmer's.
WORDS = {
    "bool_parsing": "must be true or false",
    "int_parsing": "must be a whole number",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "literal_error": "must be {expected}",
}


class Environment(BaseSettings):
    """
    The shop's surroundings; `.env.example` explains each variable. An empty one is not there.

    An address on this machine (`SHOP_URL`) makes the shop local: it then makes its own secret
    key and asks for no second factor. Everywhere else both are required.
    """

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env",
        extra="ignore",
        frozen=True,
        str_strip_whitespace=True,
        validate_default=False,
    )

    debug: bool = False
    django_secret_key: SecretKey = ""
    allowed_hosts: Annotated[Hosts, NoDecode] = []
    shop_url: Origin = "http://127.0.0.1:8000"
    database_url: Postgres = ""
    conn_max_age: int = Field(default=600, ge=0)
    database_prepared: bool = True
    redis_url: Redis = ""
    pages_kept_seconds: int = Field(default=5, ge=0)
    counts_kept_seconds: int = Field(default=30, ge=0)
    rates_kept_seconds: int = Field(default=5, ge=0)
    stripe_secret_key: StripeKey = OFFLINE_STRIPE_KEY
    stripe_webhook_secrets: Annotated[WebhookSecrets, NoDecode] = [OFFLINE_WEBHOOK_SECRET]
    stripe_api_base: Origin = ""
    payment_starts_an_hour: int = Field(default=10, ge=1)
    arrived_after_days: int = Field(default=12, ge=1, le=90)
    email_url: Mail = ""
    email_from: Sender = "Zila <hello@zila.example>"
    shop_imprint: str = "Zila, demonstration shop · Hazratganj, Lucknow 226001, Uttar Pradesh"
    var_dir: Path = ROOT / "var"
    media_root: Path | None = None
    papers_root: Path | None = None
    theme: str = "zila"
    tasks: Literal["worker", "immediate"] = "worker"
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], InCapitals] = "INFO"

    @model_validator(mode="before")
    @classmethod
    def _empty_is_missing(cls, given: dict[str, object]) -> dict[str, object]:
        return {
            name: value
            for name, value in given.items()
            if not (isinstance(value, str) and not value.strip())
        }

    @field_validator("var_dir", "media_root", "papers_root")
    @classmethod
    def _folder_can_be_used(cls, value: Path) -> Path:
        return usable_folder(value, project=ROOT)

    @field_validator("theme")
    @classmethod
    def _theme_is_there(cls, value: str) -> str:
        lineage(ROOT / "themes", value)
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.papers.resolve().is_relative_to(self.media.resolve()):
            raise ValueError("PAPERS_ROOT must not lie inside MEDIA_ROOT, which everybody can read")
        is_live = self.stripe_secret_key.startswith(("sk_live", "rk_live"))
        if is_live and self.stripe_api_base:
            raise ValueError("STRIPE_API_BASE is for tests, but STRIPE_SECRET_KEY is a live key")
        if self.is_local:
            if is_live:
                raise ValueError("STRIPE_SECRET_KEY is a live key, but SHOP_URL is this machine")
            return self
        if self.debug:
            raise ValueError("DEBUG shows secrets: it is for this machine only")
        missing = [name for name in NEEDED_ELSEWHERE if name not in self.model_fields_set]
        if missing:
            names = " and ".join(missing).upper().replace(" AND ", " and ")
            raise ValueError(f"{names} must be set, because SHOP_URL is not this machine")
        if not self.stripe_is_offline and OFFLINE_WEBHOOK_SECRET in self.stripe_webhook_secrets:
            raise ValueError("STRIPE_WEBHOOK_SECRETS must be your Stripe account's, as its key is")
        return self

    @property
    def is_local(self) -> bool:
        """Whether the shop is only for whoever sits at this machine."""
        return self._host in LOCAL_HOSTS

    @property
    def hosts(self) -> list[str]:
        """The host names it answers to: its own, on this machine also the usual, and the given."""
        usual = ["localhost", "127.0.0.1", "[::1]"] if self.is_local else [self._host]
        return [*usual, *self.allowed_hosts]

    @property
    def _host(self) -> str:
        return urlsplit(self.shop_url).hostname or ""

    @property
    def stripe_is_offline(self) -> bool:
        """Whether the offline Stripe stands in for the real one."""
        return self.stripe_secret_key == OFFLINE_STRIPE_KEY

    @property
    def media(self) -> Path:
        """The folder of uploaded files."""
        return self.media_root or self.var_dir / "media"

    @property
    def papers(self) -> Path:
        """The folder of signed papers, which no web server may show."""
        return self.papers_root or self.var_dir / "papers"


def read_environment() -> Environment:
    """Return the surroundings, or stop the program with one clear line a problem."""
    try:
        return Environment()
    except ValidationError as error:
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"]).upper()
            _complain(f"{name} {_words(problem)}".strip())
    except OSError as error:
        _complain(f"{error.filename}: {error.strerror}")
    except UnicodeDecodeError:
        _complain(f"{ROOT / '.env'} is not a text in UTF-8")
    raise SystemExit(2)


def _words(problem: ErrorDetails) -> str:
    if problem["type"] in WORDS:
        return WORDS[problem["type"]].format(**problem.get("ctx", {}))
    return problem["msg"].removeprefix("Value error, ")


def _complain(line: str) -> None:
    sys.stderr.write(f"Zila cannot start: {line}\n")


def secret_key(environment: Environment) -> str:
    """Return Django's key: the given one, or one made for this machine and kept in var/."""
    if environment.django_secret_key:
        return environment.django_secret_key
    file = environment.var_dir / "secret-key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"secret-key.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        # A link fails if another program was faster: then its key counts.
        with suppress(FileExistsError):
            file.hardlink_to(fresh)
        fresh.unlink()
    return file.read_text(encoding="utf-8")


def offline_port(environment: Environment) -> int:
    """Return the port that `make run` chose for the offline Stripe."""
    try:
        ports = json.loads((environment.var_dir / "ports.json").read_text(encoding="utf-8"))
        return int(ports["stripe"])
    except (OSError, ValueError, KeyError, TypeError):
        return 8421
