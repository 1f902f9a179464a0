"""Choosing in the back office: what the lists of people have in common."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm


class ByName(BaseFilterForm):
    """The box above a list: finds by a part of the name, in either language."""

    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        required=False,
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Return those whose name has the words in it."""
        words = self.search_query = self.cleaned_data["q"].strip()
        self.is_searching = bool(words)
        return objects.filter(Q(name_en__icontains=words) | Q(name_hi__icontains=words))
