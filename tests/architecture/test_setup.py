"""Traps of the libraries, each avoided and kept so."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.test import Client


def test_haystack_flat_pages_and_sorl_are_not_installed() -> None:
    installed = {config.name for config in apps.get_app_configs()}

    assert installed.isdisjoint({"haystack", "sorl.thumbnail", "django.contrib.flatpages"})
    assert "update_index" not in get_commands() or get_commands()["update_index"] != "haystack"


def test_discounts_are_taken_from_prices_with_tax() -> None:
    assert settings.OSCAR_OFFERS_INCL_TAX is True


def test_hindi_becomes_a_readable_slug() -> None:
    from storefront.core.slugs import readable_slug

    assert readable_slug("बनारसी साड़ी") == "bnarsi-sadi"
    assert readable_slug("!!!") == "x"


def test_order_numbers_cannot_be_guessed() -> None:
    from storefront.order.utils import OrderNumberGenerator

    numbers = {OrderNumberGenerator().order_number() for _ in range(1000)}

    assert len(numbers) == 1000


@pytest.mark.django_db
def test_an_unknown_language_is_a_page_not_found_that_helps(client: Client) -> None:
    answer = client.get("/fr/shop/", follow=True)

    assert answer.status_code == 404
    assert "Zila" in answer.content.decode()
