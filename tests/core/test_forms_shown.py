"""What a form shows after a mistake: all of them first, with the focus."""

import re

from django import forms
from django.template.loader import render_to_string


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
