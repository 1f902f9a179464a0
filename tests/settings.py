"""The shop's settings for tests: a database that forgets, tasks at once, nothing leaves."""

import os
from pathlib import Path

_VAR = Path(__file__).resolve().parent.parent / "var" / "test"
# Before the real settings read them; a developer's own .env must not change a test.
os.environ.update(
    {
        "VAR_DIR": str(_VAR),
        "MEDIA_ROOT": str(_VAR / "media" / os.environ.get("PYTEST_XDIST_WORKER", "main")),
        "DEBUG": "false",
        "DJANGO_SECRET_KEY": "for-tests-only-" + "0" * 40,
        "TASKS": "immediate",
        "SHOP_URL": "http://testserver",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "STRIPE_SECRET_KEY": "sk_test_zila_offline",
        "STRIPE_WEBHOOK_SECRETS": "whsec_zila_offline",
        "STRIPE_API_BASE": "http://127.0.0.1:9",
        # All tests' buyers are one and the same; tests of the limit set it.
        "PAYMENT_STARTS_AN_HOUR": "100000",
        "EMAIL_URL": (_VAR / "mail").as_uri(),
        "EMAIL_FROM": "Zila <hello@zila.example>",
        "REDIS_URL": "",
        "LOG_LEVEL": "ERROR",
        "CONN_MAX_AGE": "0",
        "PAGES_KEPT_SECONDS": "0",
        "COUNTS_KEPT_SECONDS": "0",
        "RATES_KEPT_SECONDS": "0",
    }
)

from storefront.config.settings import *  # noqa: E402, F403 -- the line above must come first

SECOND_FACTOR_REQUIRED = False
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 -- from the settings
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405 -- from the settings
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
POST_OFFICE = EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
