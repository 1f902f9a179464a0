"""What the surroundings tell the shop: every environment variable, typed, in one place."""

import json
import sys
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]
# Only ever used on a developer's machine: `DEBUG` off refuses to start without a real key.
DEVELOPMENT_KEY = "development-only-" + "0" * 40
OFFLINE_STRIPE_KEY = "sk_test_zila_offline"


class Environment(BaseSettings):
    """The shop's surroundings. `.env.example` explains each variable."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", frozen=True)

    debug: bool = True
    django_secret_key: str = DEVELOPMENT_KEY
    allowed_hosts: Annotated[list[str], NoDecode] = ["localhost", "127.0.0.1", "[::1]"]
    shop_url: str = "http://127.0.0.1:8000"
    database_url: str = ""
    redis_url: str = ""
    stripe_secret_key: str = OFFLINE_STRIPE_KEY
    stripe_webhook_secrets: Annotated[list[str], NoDecode] = ["whsec_zila_offline"]
    stripe_api_base: str = ""
    email_url: str = ""
    email_from: str = "Zila <hello@zila.example>"
    media_root: Path = ROOT / "var" / "media"
    var_dir: Path = ROOT / "var"
    theme: str = "zila"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    tasks: Literal["worker", "immediate"] = "worker"
    conn_max_age: int = Field(default=600, ge=0)

    @field_validator("allowed_hosts", "stripe_webhook_secrets", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _database_is_postgresql(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"postgres", "postgresql"}:
            raise ValueError("must start with postgresql://")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis_is_redis(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("must start with redis://")
        return value

    @field_validator("email_url")
    @classmethod
    def _mail_goes_by_smtp(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"smtp", "smtps"}:
            raise ValueError("must start with smtp:// or smtps://")
        return value

    @field_validator("shop_url")
    @classmethod
    def _shop_url_is_an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("must look like https://shop.example")
        return value.rstrip("/")

    @field_validator("stripe_secret_key")
    @classmethod
    def _stripe_key_is_secret(cls, value: str) -> str:
        if not value.startswith(("sk_", "rk_")):
            raise ValueError("must be a secret key (sk_… or rk_…)")
        return value

    @model_validator(mode="after")
    def _production_is_serious(self) -> "Environment":
        if self.debug:
            if self.stripe_secret_key.startswith(("sk_live", "rk_live")):
                raise ValueError("STRIPE_SECRET_KEY is a live key while DEBUG is on")
            return self
        if self.django_secret_key == DEVELOPMENT_KEY or len(self.django_secret_key) < 40:
            raise ValueError("DJANGO_SECRET_KEY must be set to 40 or more random characters")
        return self

    @property
    def stripe_is_offline(self) -> bool:
        """Whether the offline Stripe stands in for the real one."""
        return self.stripe_secret_key == OFFLINE_STRIPE_KEY


def read_environment() -> Environment:
    """Return the surroundings, or stop the program with one clear line a problem."""
    try:
        return Environment()
    except ValidationError as error:
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"]).upper() or "SETTINGS"
            sys.stderr.write(f"zila cannot start: {name}: {problem['msg']}\n")
        raise SystemExit(2) from None


def offline_port(environment: Environment) -> int:
    """Return the port that `make run` chose for the offline Stripe."""
    try:
        ports = json.loads((environment.var_dir / "ports.json").read_text(encoding="utf-8"))
        return int(ports["stripe"])
    except (OSError, ValueError, KeyError, TypeError):
        return 8421
