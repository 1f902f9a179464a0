"""Parts of the checkout form that are set without a template look as Django's own."""

from typing import Any

import pytest
from django import forms
from django.test.html import parse_html

from storefront.checkout.forms import QuickHidden, QuickSelect

CHOICES = [("", "Choose"), ("09", 'Uttar "Pradesh" & <more>'), ("27", "Maharashtra")]


@pytest.mark.parametrize("value", [None, "", "1060.00", '"><script>', 7])
def test_what_a_form_carries_unseen_is_written_as_django_would(value: Any) -> None:
    quick, own = QuickHidden(attrs={"data-x": "y"}), forms.HiddenInput(attrs={"data-x": "y"})

    shown = quick.render("total", value, attrs={"id": "id_total"})

    assert parse_html(shown) == parse_html(own.render("total", value, attrs={"id": "id_total"}))


@pytest.mark.parametrize("value", [None, "", "09", "unknown"])
def test_a_list_of_choices_is_written_as_django_would(value: Any) -> None:
    quick, own = QuickSelect(choices=CHOICES), forms.Select(choices=CHOICES)

    shown = quick.render("state", value, attrs={"id": "id_state"})

    assert parse_html(shown) == parse_html(own.render("state", value, attrs={"id": "id_state"}))
