"""The shop's settings: Django's, then one module a library."""

# ruff: noqa: F403 -- Django reads settings as the names of one module
from storefront.config.settings.apps import *
from storefront.config.settings.base import *
from storefront.config.settings.oscar import *
from storefront.config.settings.payments import *
from storefront.config.settings.signing_in import *
from storefront.config.settings.wagtail import *
