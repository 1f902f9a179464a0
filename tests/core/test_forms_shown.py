"""What a form shows: its mistakes first, and only boxes that it has."""

import re
from pathlib import Path

from django import forms
from django.template.loader import render_to_string

from storefront.checkout.forms import BOXES

COMPONENTS = Path(__file__).resolve().parents[2] / "themes" / "base" / "templates" / "components"


class LotaForm(forms.Form):
    """A form with one box."""

    name = forms.CharField(label="Name")


def test_the_list_of_mistakes_can_take_the_focus_and_brings_what_gives_it() -> None:
    page = render_to_string("components/error_summary.html", {"form": LotaForm({})})

    assert re.search(r'<div [^>]*id="errors" tabindex="-1" data-focus>\s*<div role="alert">', page)
    assert re.search(r'<script type="module" src="[^"]*base/focus\.js"></script>', page)
    assert '<a href="#id_name">Name: This field is required.</a>' in page


def test_a_form_without_mistakes_takes_no_focus_and_no_script() -> None:
    page = render_to_string("components/error_summary.html", {"form": LotaForm({"name": "Lota"})})

    assert page.strip() == ""


def test_the_boxes_of_an_address_are_those_of_the_form() -> None:
    asked = set(re.findall(r"field=form\.(\w+)", (COMPONENTS / "address_boxes.html").read_text()))

    assert asked == set(BOXES)
