"""Django's own settings."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from storefront.config.database import database_settings
from storefront.config.environment import ROOT, read_environment, secret_key
from storefront.config.themes import colour, lineage, skins

ENVIRONMENT = read_environment()
BASE_DIR = ROOT
DEBUG = ENVIRONMENT.debug
SECRET_KEY = secret_key(ENVIRONMENT)
ALLOWED_HOSTS = ENVIRONMENT.hosts
SHOP_URL = ENVIRONMENT.shop_url
CSRF_TRUSTED_ORIGINS = [SHOP_URL]
SITE_ID = 1
ROOT_URLCONF = "storefront.config.urls"
WSGI_APPLICATION = "storefront.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

DATABASES = {"default": database_settings(ENVIRONMENT)}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "storefront.config.kept_pages.kept_pages",
    "storefront.config.compressed.Compressed",
    "django.middleware.http.ConditionalGetMiddleware",
    "storefront.config.middleware.public_pages",
    "storefront.config.policy.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "storefront.config.middleware.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "storefront.config.readable.ReadableText",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "storefront.config.second_factor.second_factor",
    "storefront.config.middleware.editors_only",
    "storefront.config.middleware.dashboard_basket",
    "cms.refusing.consent_missing",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

# Themes: a child's file wins over its parent's, and both over a library's.
THEME = ENVIRONMENT.theme
# Pages for those who make the shop, not for those who buy in it.
STYLEGUIDE = ENVIRONMENT.is_local
THEME_FOLDERS = _THEMES = lineage(ROOT / "themes", THEME)
THEME_COLOUR = colour(_THEMES)
# … and all of them can wear these for a festival.
_SKINS = skins(ROOT / "themes")
SKINS = [skin.name for skin in _SKINS]
_TEMPLATE_DIRS = [theme / "templates" for theme in _THEMES if (theme / "templates").is_dir()]
_LOADERS = (
    "django.template.loaders.cached.Loader",
    ["storefront.config.lean.Loader", "django.template.loaders.app_directories.Loader"],
)
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": _TEMPLATE_DIRS,
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [_LOADERS])],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "storefront.config.context.site",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.var_dir / "static"
STATICFILES_DIRS = [each / "static" for each in (*_THEMES, *_SKINS) if (each / "static").is_dir()]
MEDIA_URL = "/media/"
MEDIA_ROOT = ENVIRONMENT.media
# Hashed and compressed files, once they are collected; on this machine else from where they lie.
WHITENOISE_USE_FINDERS = ENVIRONMENT.is_local
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Signed papers: readable for the shop alone, and only through its own door.
    "papers": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": ENVIRONMENT.papers,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "storefront.config.static_files.HashedFiles"},
}

LANGUAGES = [("en", _("English")), ("hi", _("Hindi"))]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
# base/personal.js looks whether it is there.
LANGUAGE_COOKIE_HTTPONLY = False
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [
    ROOT / "storefront" / "locale",
    *(theme / "locale" for theme in _THEMES),
    ROOT / "storefront" / "config" / "libraries" / "locale",
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Kolkata"
MODELTRANSLATION_LANGUAGES = ("en", "hi")
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)

CACHES: dict[str, dict[str, Any]]
if ENVIRONMENT.redis_url:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": ENVIRONMENT.redis_url,
        },
        "pages": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": ENVIRONMENT.redis_url,
            "KEY_PREFIX": "pages",
        },
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        },
        # A page has some ten kilobytes as it travels, and each worker keeps its own.
        "pages": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "pages",
            "OPTIONS": {"MAX_ENTRIES": 1000},
        },
    }

# Public pages may be this old, ahead of what browsers and caches on the way keep.
PAGES_KEPT_SECONDS = ENVIRONMENT.pages_kept_seconds
# Counts in lists and on the map may be this old.
COUNTS_KEPT_SECONDS = ENVIRONMENT.counts_kept_seconds
# What is agreed for days on end may be this old: rates of delivery, terms, states.
RATES_KEPT_SECONDS = ENVIRONMENT.rates_kept_seconds
# The menu and the footer in a web process other than the editor's may be this old.
MENUS_KEPT_SECONDS = 60

_TASKS = {
    "worker": "django_tasks_db.DatabaseBackend",
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
}
TASKS = {"default": {"BACKEND": _TASKS[ENVIRONMENT.tasks], "QUEUES": ["default"]}}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from
# What libraries send waits for the worker; it alone goes to the mail server.
EMAIL_BACKEND = "storefront.notices.post_box.PostBox"
# Who writes, as the law wants it in every letter of a shop.
SHOP_IMPRINT = ENVIRONMENT.shop_imprint
_MAIL = urlsplit(ENVIRONMENT.email_url)
if _MAIL.scheme in {"smtp", "smtps"}:
    POST_OFFICE = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_USE_SSL = _MAIL.scheme == "smtps"
    EMAIL_USE_TLS = not EMAIL_USE_SSL
    EMAIL_HOST, EMAIL_PORT = _MAIL.hostname, _MAIL.port or (465 if EMAIL_USE_SSL else 587)
    EMAIL_HOST_USER = unquote(_MAIL.username or "")
    EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
    EMAIL_TIMEOUT = 10
else:
    # Without a mail server every letter is a file that can be read, in var/mail.
    POST_OFFICE = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = Path(unquote(_MAIL.path) or ENVIRONMENT.var_dir / "mail")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "storefront.config.errors.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A block of a story has some eight fields, and a long story some hundred blocks.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
if SHOP_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
    # The SDK writes names and addresses at lower levels.
    "loggers": {"stripe": {"level": "WARNING"}},
}
