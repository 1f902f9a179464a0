"""Settings of stock Oscar: its documented ones, with what any production site would tune."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
import oscar
from oscar.defaults import *  # noqa: F403 -- Oscar's documented way of taking its defaults

VAR = Path(os.environ["VAR_DIR"])
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "benchmarks.stock_oscar.urls"
WSGI_APPLICATION = "benchmarks.stock_oscar.wsgi.application"
SITE_ID = 1
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Tuned: connections are kept, as Zila's are.
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        os.environ["DATABASE_URL"], conn_max_age=600, conn_health_checks=True
    )
}

INSTALLED_APPS = [*oscar.INSTALLED_APPS]
# The tables are made straight from the models: two hundred migrations would take a minute.
MIGRATION_MODULES: dict[str, None] = dict.fromkeys(
    [
        "admin",
        "auth",
        "contenttypes",
        "sessions",
        "sites",
        "flatpages",
        "analytics",
        "checkout",
        "address",
        "shipping",
        "catalogue",
        "reviews",
        "communication",
        "partner",
        "basket",
        "payment",
        "offer",
        "order",
        "customer",
        "search",
        "voucher",
        "wishlists",
    ]
)

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Without DEBUG Django keeps compiled templates: tuned by default.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ],
        },
    }
]
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "Asia/Kolkata"
# The purchase mails are written, and go nowhere.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

OSCAR_SHOP_NAME = "Stock"
OSCAR_DEFAULT_CURRENCY = "INR"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_PRODUCTS_PER_PAGE = 24  # as many as Zila's list
OSCAR_THUMBNAILER = "benchmarks.stock_oscar.pictures.Untouched"
OSCAR_INITIAL_ORDER_STATUS = OSCAR_INITIAL_LINE_STATUS = "Pending"
OSCAR_ORDER_STATUS_PIPELINE = {"Pending": (), "Cancelled": ()}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
    "loggers": {"oscar": {"level": "ERROR"}},
}
