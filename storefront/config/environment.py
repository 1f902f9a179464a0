"""What the surroundings tell the shop: every environment variable, typed, in one place."""

import json
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]
OFFLINE_STRIPE_KEY = "sk_test_zila_offline"
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
SCHEMES = {
    "database_url": {"postgres", "postgresql"},
    "redis_url": {"redis", "rediss", "unix"},
    "email_url": {"smtp", "smtps"},
}


class Environment(BaseSettings):
    """
    The shop's surroundings; `.env.example` explains each variable.

    An address on this machine (`SHOP_URL`) makes the shop local: it then makes its own secret
    key and asks for no second factor. Everywhere else both are required.
    """

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", frozen=True)

    debug: bool = False
    django_secret_key: str = ""
    allowed_hosts: Annotated[list[str], NoDecode] = ["localhost", "127.0.0.1", "[::1]"]
    shop_url: str = "http://127.0.0.1:8000"
    database_url: str = ""
    conn_max_age: int = Field(default=600, ge=0)
    redis_url: str = ""
    stripe_secret_key: str = OFFLINE_STRIPE_KEY
    stripe_webhook_secrets: Annotated[list[str], NoDecode] = ["whsec_zila_offline"]
    stripe_api_base: str = ""
    email_url: str = ""
    email_from: str = "Zila <hello@zila.example>"
    var_dir: Path = ROOT / "var"
    media_root: Path | None = None
    theme: str = "zila"
    tasks: Literal["worker", "immediate"] = "worker"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("allowed_hosts", "stripe_webhook_secrets", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return [part.strip() for part in value.split(",") if part.strip()]

    @field_validator("database_url", "redis_url", "email_url")
    @classmethod
    def _scheme_is_known(cls, value: str, info: ValidationInfo) -> str:
        allowed = SCHEMES[info.field_name or ""]
        if value and urlsplit(value).scheme not in allowed:
            raise ValueError(f"must start with {' or '.join(f'{s}://' for s in sorted(allowed))}")
        return value

    @field_validator("shop_url")
    @classmethod
    def _shop_url_is_an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must look like https://shop.example")
        return value.rstrip("/")

    @field_validator("stripe_secret_key")
    @classmethod
    def _stripe_key_is_secret(cls, value: str) -> str:
        if not value.startswith(("sk_", "rk_")):
            raise ValueError("must be a secret key (sk_… or rk_…)")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.is_local and self.stripe_secret_key.startswith(("sk_live", "rk_live")):
            raise ValueError("STRIPE_SECRET_KEY is a live key, but SHOP_URL is this machine")
        if not self.is_local and self.debug:
            raise ValueError("DEBUG shows secrets: it is for this machine only")
        if not self.is_local and len(self.django_secret_key) < 40:
            raise ValueError("DJANGO_SECRET_KEY must be set to 40 or more random characters")
        return self

    @property
    def is_local(self) -> bool:
        """Whether the shop is only for whoever sits at this machine."""
        return urlsplit(self.shop_url).hostname in LOCAL_HOSTS

    @property
    def stripe_is_offline(self) -> bool:
        """Whether the offline Stripe stands in for the real one."""
        return self.stripe_secret_key == OFFLINE_STRIPE_KEY

    @property
    def media(self) -> Path:
        """The folder of uploaded files."""
        return self.media_root or self.var_dir / "media"


def read_environment() -> Environment:
    """Return the surroundings, or stop the program with one clear line a problem."""
    try:
        return Environment()
    except ValidationError as error:
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"]).upper()
            message = problem["msg"].removeprefix("Value error, ")
            sys.stderr.write(f"Zila cannot start: {name + ' ' if name else ''}{message}\n")
        raise SystemExit(2) from None


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
