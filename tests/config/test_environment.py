"""The surroundings: what is missing or senseless stops the start with one clear line."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from storefront.config.database import PREPARED, database_settings
from storefront.config.environment import ROOT, Environment, read_environment, secret_key

LONG = "x" * 40
PUBLIC = {
    "SHOP_URL": "https://shop.example",
    "DJANGO_SECRET_KEY": LONG,
    "STRIPE_SECRET_KEY": "sk_live_1",
    "STRIPE_WEBHOOK_SECRETS": "whsec_1",
    "EMAIL_URL": "smtp://mail.example",
    "EMAIL_FROM": "hello@shop.example",
}
ADDRESS = "needs a number as its port; in a password, / is %2F and : is %3A"


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the tests' settings put into the surroundings, and a developer's own file."""
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(Environment.model_config, "env_file", None)


def given(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> Environment:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return read_environment()


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("DATABASE_URL", "mysql://x", "must start with postgres:// or postgresql://"),
        ("DATABASE_URL", "zila", "must start with postgres:// or postgresql://"),
        ("DATABASE_URL", "postgresql://zila@db", "must end in a database's name"),
        ("DATABASE_URL", "postgresql://zila@db:99999/zila", ADDRESS),
        ("DATABASE_URL", "postgresql://zila@db:port/zila", ADDRESS),
        ("DATABASE_URL", "postgresql://zila:se/cret@db/zila", ADDRESS),
        ("DATABASE_URL", "postgresql://[::1/zila", ADDRESS),
        ("REDIS_URL", "http://x", "must start with redis:// or rediss:// or unix://"),
        ("REDIS_URL", "redis://", "must be an address like redis://host.example"),
        ("REDIS_URL", "redis://cache:port/0", ADDRESS),
        ("REDIS_URL", "redis://cache/first", "must end in a number, like redis://host/0"),
        ("EMAIL_URL", "mail.example", "must start with smtp:// or smtps:// or file://"),
        ("EMAIL_URL", "smtp://", "must be an address like smtp://host.example"),
        ("EMAIL_URL", "smtp://mail.example:port", ADDRESS),
        ("EMAIL_URL", "file://mail", "must name a folder, like file:///srv/zila/mail"),
        ("EMAIL_FROM", "the shop", "must hold an address, like Zila <hello@shop.example>"),
        ("SHOP_URL", "shop.example", "must start with https:// or http://"),
        ("SHOP_URL", "https://shop.example:port", ADDRESS),
        ("SHOP_URL", "https://shop.example/shop", "must look like https://shop.example, without"),
        ("SHOP_URL", "https://me@shop.example", "must look like https://shop.example, without"),
        ("ALLOWED_HOSTS", "https://shop.example/", "must be names like shop.example, with commas"),
        ("ALLOWED_HOSTS", "shop.example www.shop.example", "must be names like shop.example, with"),
        ("STRIPE_SECRET_KEY", "pk_test_1", "must be a secret key (sk_test_…, sk_live_…, "),
        ("STRIPE_SECRET_KEY", "sk_test_", "must be a secret key (sk_test_…, sk_live_…, "),
        ("STRIPE_WEBHOOK_SECRETS", "whsec_1, hello", "must be secrets that start with whsec_"),
        ("STRIPE_WEBHOOK_SECRETS", ",", "must be secrets that start with whsec_"),
        ("STRIPE_API_BASE", "stripe", "must start with https:// or http://"),
        ("DJANGO_SECRET_KEY", "short", "must be 40 or more random characters"),
        ("DEBUG", "perhaps", "must be true or false"),
        ("CONN_MAX_AGE", "soon", "must be a whole number"),
        ("CONN_MAX_AGE", "-1", "must be 0 or more"),
        ("ARRIVED_AFTER_DAYS", "0", "must be 1 or more"),
        ("ARRIVED_AFTER_DAYS", "91", "must be 90 or less"),
        ("TASKS", "sometimes", "must be 'worker' or 'immediate'"),
        ("LOG_LEVEL", "loud", "must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("THEME", "plaid", "is not in themes/: plaid has no theme.toml"),
        ("THEME", "../themes", "is not in themes/: ../themes has no theme.toml"),
        ("VAR_DIR", "/proc/zila", "cannot be made: No such file or directory (/proc/zila)"),
        ("VAR_DIR", "/dev/null", "cannot be made: File exists (/dev/null)"),
        ("VAR_DIR", "..", "must be a folder of its own, not one that holds the project"),
        ("MEDIA_ROOT", "/dev/null/media", "cannot be made: Not a directory (/dev/null/media)"),
        ("PAPERS_ROOT", "/dev/null/papers", "cannot be made: Not a directory (/dev/null/papers)"),
    ],
)
def test_a_senseless_value_stops_the_start_with_a_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    line: str,
) -> None:
    with pytest.raises(SystemExit):
        given(monkeypatch, {name: value})

    told = capsys.readouterr().err
    assert told.startswith(f"Zila cannot start: {name} {line}")
    assert told.count("\n") == 1
    assert "cret" not in told.replace("secret", "")


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"STRIPE_SECRET_KEY": "sk_live_1"}, "is a live key, but SHOP_URL is this machine"),
        (PUBLIC | {"DEBUG": "true"}, "DEBUG shows secrets: it is for this machine only"),
        (PUBLIC | {"DJANGO_SECRET_KEY": ""}, "DJANGO_SECRET_KEY must be set, because SHOP_URL is"),
        (PUBLIC | {"STRIPE_SECRET_KEY": " "}, "STRIPE_SECRET_KEY must be set, because SHOP_URL is"),
        (
            PUBLIC | {"EMAIL_URL": "", "EMAIL_FROM": ""},
            "EMAIL_URL and EMAIL_FROM must be set, because SHOP_URL is not this machine",
        ),
        (
            PUBLIC | {"STRIPE_WEBHOOK_SECRETS": ""},
            "STRIPE_WEBHOOK_SECRETS must be your Stripe account's, as its key is",
        ),
        (
            PUBLIC | {"STRIPE_API_BASE": "http://127.0.0.1:9"},
            "STRIPE_API_BASE is for tests, but STRIPE_SECRET_KEY is a live key",
        ),
    ],
)
def test_values_that_do_not_fit_together_stop_the_start(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    values: dict[str, str],
    line: str,
) -> None:
    with pytest.raises(SystemExit):
        given(monkeypatch, values)

    told = capsys.readouterr().err
    assert line in told
    assert told.count("\n") == 1


def test_signed_papers_do_not_lie_where_everybody_reads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit):
        given(monkeypatch, {"MEDIA_ROOT": str(tmp_path), "PAPERS_ROOT": str(tmp_path / "papers")})

    assert "PAPERS_ROOT must not lie inside MEDIA_ROOT" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["manage.py", "check"], ["-m", "storefront.config.up"]])
@pytest.mark.parametrize("values", [{"VAR_DIR": "/proc"}, {"THEME": "plaid"}])
def test_no_program_shows_a_traceback(command: list[str], values: dict[str, str]) -> None:
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | values,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode > 0
    assert (ended.stdout + ended.stderr).strip().startswith("Zila cannot start: ")
    assert (ended.stdout + ended.stderr).strip().count("\n") == 0


def test_an_empty_value_is_a_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = {name.upper(): "" for name in Environment.model_fields}

    assert given(monkeypatch, empty) == Environment()


def test_a_local_shop_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    environment = Environment(var_dir=tmp_path)

    first, second = secret_key(environment), secret_key(environment)

    assert first == second
    assert len(first) >= 40
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_public_shop_with_its_values_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    more = {"SHOP_URL": "https://shop.example/", "ALLOWED_HOSTS": "www.shop.example, .shop.in"}

    environment = given(monkeypatch, PUBLIC | more)

    assert environment.is_local is False
    assert environment.shop_url == "https://shop.example"
    assert environment.hosts == ["shop.example", "www.shop.example", ".shop.in"]


def test_a_local_shop_answers_to_every_name_of_this_machine() -> None:
    assert Environment().hosts == ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    "value",
    ["postgres://db/zila", "postgresql://u:p%2Fw@db:5433/z", "postgresql://z@%2Ftmp%2Fx:5432/z"],
)
def test_postgresql_is_found_by_name_port_or_socket(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    assert given(monkeypatch, {"DATABASE_URL": value}).database_url == value


@pytest.mark.parametrize(("value", "is_prepared"), [("", True), ("true", True), ("false", False)])
def test_plans_are_kept_unless_a_pooler_cannot_and_the_addresss_own_wishes_stay(
    monkeypatch: pytest.MonkeyPatch, value: str, is_prepared: bool
) -> None:
    address = "postgresql://z@db/zila?sslmode=require"
    known = given(monkeypatch, {"DATABASE_URL": address, "DATABASE_PREPARED": value})

    options = database_settings(known)["OPTIONS"]

    assert options.pop("sslmode") == "require"
    assert options == (PREPARED if is_prepared else {})


def test_a_relative_folder_lies_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = given(monkeypatch, {"VAR_DIR": "var/test", "LOG_LEVEL": "debug"})

    assert environment.var_dir == ROOT / "var" / "test"
    assert environment.log_level == "DEBUG"


def mail_settings(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, Any]:
    """Return the mail settings of a program that starts with this EMAIL_URL."""
    names = re.findall(r"EMAIL_[A-Z_]+", (ROOT / "storefront/config/settings/base.py").read_text())
    code = (
        "import json; from storefront.config.settings import base; values = "
        f"{{name: getattr(base, name, None) for name in {sorted(set(names))}}}; "
        "print(json.dumps(values, default=str))"
    )
    monkeypatch.setenv("EMAIL_URL", url)
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return dict(json.loads(ended.stdout))


def test_a_mail_servers_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    told = mail_settings(monkeypatch, "smtps://me%40shop.example:p%2Fw@mail.example")

    assert (told["EMAIL_HOST"], told["EMAIL_PORT"]) == ("mail.example", 465)
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("me@shop.example", "p/w")
    assert (told["EMAIL_USE_SSL"], told["EMAIL_USE_TLS"]) == (True, False)


def test_letters_can_be_kept_in_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mail_settings(monkeypatch, "file:///srv/my%20mail")["EMAIL_FILE_PATH"] == "/srv/my mail"


def example() -> str:
    return (ROOT / ".env.example").read_text(encoding="utf-8")


def test_the_example_explains_every_variable_and_no_other() -> None:
    named = re.findall(r"^([A-Z_]+)=", example(), re.MULTILINE)

    assert sorted(named) == sorted(name.upper() for name in Environment.model_fields)


def test_the_example_says_what_is_so_without_it() -> None:
    copied = Environment(_env_file=ROOT / ".env.example")

    assert copied == Environment()
