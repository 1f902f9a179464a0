"""What the values of the surroundings must look like; what is wrong is said in a line."""

import os
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator

HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:.]+\]")
STRIPE_KEY = re.compile(r"(sk|rk)_(test|live)_\w+")


def _parts(value: str, *schemes: str, host: bool = True) -> SplitResult:
    """Take an address apart. What is wrong is said without the value: it may hold a password."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError(
            "needs a number as its port; in a password, / is %2F and : is %3A"
        ) from None
    if parts.scheme not in schemes:
        raise ValueError(f"must start with {' or '.join(f'{name}://' for name in schemes)}")
    if (host and not parts.hostname) or port == 0 or re.search(r"\s", value):
        raise ValueError(f"must be an address like {schemes[0]}://host.example")
    return parts


def _postgres(value: str) -> str:
    if not _parts(value, "postgres", "postgresql", host=False).path.strip("/"):
        raise ValueError("must end in a database's name, like postgresql://user@host/zila")
    return value


def _redis(value: str) -> str:
    parts = _parts(value, "redis", "rediss", "unix", host=not value.startswith("unix:"))
    if parts.scheme != "unix" and not re.fullmatch(r"/?\d*", parts.path):
        raise ValueError("must end in a number, like redis://host/0")
    return value


def _mail(value: str) -> str:
    parts = _parts(value, "smtp", "smtps", "file", host=not value.startswith("file:"))
    if parts.scheme == "file" and (parts.netloc or not parts.path.strip("/")):
        raise ValueError("must name a folder, like file:///srv/zila/mail")
    return value


def _origin(value: str) -> str:
    parts = _parts(value, "https", "http")
    origin = value.rstrip("/")
    if origin != f"{parts.scheme}://{parts.netloc}" or "@" in parts.netloc:
        raise ValueError("must look like https://shop.example, without anything behind it")
    return origin


def _hosts(value: list[str]) -> list[str]:
    for host in value:
        if not HOST.fullmatch(host):
            raise ValueError("must be names like shop.example, with commas between them")
    return value


def _stripe_key(value: str) -> str:
    if not STRIPE_KEY.fullmatch(value):
        raise ValueError("must be a secret key (sk_test_…, sk_live_…, rk_test_… or rk_live_…)")
    return value


def _webhook_secrets(value: list[str]) -> list[str]:
    if not value or not all(re.fullmatch(r"whsec_\S+", secret) for secret in value):
        raise ValueError("must be secrets that start with whsec_, with commas between them")
    return value


def _long(value: str) -> str:
    if len(value) < 40:
        raise ValueError("must be 40 or more random characters")
    return value


def _sender(value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]):
        raise ValueError("must hold an address, like Zila <hello@shop.example>")
    return value


def _split_at_commas(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


def _in_capitals(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def usable_folder(value: Path, *, project: Path) -> Path:
    """
    Make the folder now, because later means in the night; a relative one is the project's.

    Raises:
        ValueError: it cannot be made or written, or the project itself lies in it.
    """
    folder = (project / value.expanduser()).resolve()
    if project.is_relative_to(folder):
        raise ValueError("must be a folder of its own, not one that holds the project")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"cannot be made: {error.strerror} ({folder})") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ValueError(f"cannot be written by this user ({folder})")
    return folder


Postgres = Annotated[str, AfterValidator(_postgres)]
Redis = Annotated[str, AfterValidator(_redis)]
Mail = Annotated[str, AfterValidator(_mail)]
Origin = Annotated[str, AfterValidator(_origin)]
Sender = Annotated[str, AfterValidator(_sender)]
SecretKey = Annotated[str, AfterValidator(_long)]
StripeKey = Annotated[str, AfterValidator(_stripe_key)]
Hosts = Annotated[list[str], BeforeValidator(_split_at_commas), AfterValidator(_hosts)]
WebhookSecrets = Annotated[
    list[str], BeforeValidator(_split_at_commas), AfterValidator(_webhook_secrets)
]
InCapitals = BeforeValidator(_in_capitals)
