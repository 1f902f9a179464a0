"""The surroundings: what is missing or senseless stops the start with one clear line."""

from pathlib import Path

import pytest

from storefront.config.environment import Environment, read_environment, secret_key

LONG = "x" * 40


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (
            {"DATABASE_URL": "mysql://x"},
            "DATABASE_URL must start with postgres:// or postgresql://",
        ),
        ({"REDIS_URL": "http://x"}, "REDIS_URL must start with redis://"),
        ({"EMAIL_URL": "mail.example"}, "EMAIL_URL must start with smtp:// or smtps://"),
        ({"SHOP_URL": "shop.example"}, "SHOP_URL must look like https://shop.example"),
        ({"STRIPE_SECRET_KEY": "pk_test_1"}, "STRIPE_SECRET_KEY must be a secret key"),
        ({"STRIPE_SECRET_KEY": "sk_live_1"}, "is a live key, but SHOP_URL is this machine"),
        (
            {"SHOP_URL": "https://shop.example", "DJANGO_SECRET_KEY": "short"},
            "DJANGO_SECRET_KEY must be set to 40 or more random characters",
        ),
        (
            {"SHOP_URL": "https://shop.example", "DJANGO_SECRET_KEY": LONG, "DEBUG": "true"},
            "DEBUG shows secrets: it is for this machine only",
        ),
        ({"CONN_MAX_AGE": "-1"}, "CONN_MAX_AGE"),
        ({"TASKS": "sometimes"}, "TASKS"),
    ],
)
def test_a_senseless_value_stops_the_start_with_a_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    values: dict[str, str],
    line: str,
) -> None:
    monkeypatch.setenv("SHOP_URL", "http://localhost:8000")
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit):
        read_environment()

    told = capsys.readouterr().err
    assert line in told
    assert told.count("\n") == 1


def test_a_local_shop_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    environment = Environment(
        shop_url="http://127.0.0.1:8000", django_secret_key="", var_dir=tmp_path
    )

    first, second = secret_key(environment), secret_key(environment)

    assert first == second
    assert len(first) >= 40
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_public_shop_with_its_values_starts() -> None:
    environment = Environment(
        shop_url="https://shop.example/",
        django_secret_key=LONG,
        database_url="postgresql://zila@db/zila",
        stripe_secret_key="sk_live_1",
        allowed_hosts="shop.example, www.shop.example",
        debug=False,
    )

    assert environment.is_local is False
    assert environment.shop_url == "https://shop.example"
    assert environment.allowed_hosts == ["shop.example", "www.shop.example"]


def test_every_variable_is_explained_in_the_example() -> None:
    example = (Path(__file__).resolve().parents[2] / ".env.example").read_text(encoding="utf-8")

    missing = [name for name in Environment.model_fields if f"{name.upper()}=" not in example]

    assert missing == []
