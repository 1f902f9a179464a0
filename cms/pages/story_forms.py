"""The forms in which a story is written, and copied."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from wagtail.admin.forms.pages import CopyForm

from cms.correspondents import districts_of
from cms.pages.base import PageForm
from cms.tags import tags_by_name

# What else stands under /stories/: see cms/urls.py.
TAKEN = {"feed", "tag"}


def free(slug: str) -> str:
    """
    Return a slug that a story may have.

    Raises:
        ValidationError: the list of stories needs it for itself.
    """
    if slug in TAKEN:
        raise forms.ValidationError(gettext("The shop needs this address for something else."))
    return slug


class StoryCopyForm(CopyForm):
    """Wagtail's form for a copy of a story."""

    def clean_new_slug(self) -> str:
        """Refuse the same addresses as for a new story."""
        return free(self.cleaned_data["new_slug"])


class StoryForm(PageForm):
    """The editor's form of a story."""

    # Which form this is: its second save changes the story that its first has made.
    draft = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["draft"]
        else:
            self.fields["draft"].initial = uuid4()
        rights = self.parent_page.permissions_for_user(self.for_user)
        if "district" in self.fields and not rights.can_publish_subpage():
            self.fields["district"].queryset = districts_of(self.for_user)
        if "tags" in self.fields:
            self.fields["tags"].queryset = tags_by_name()

    def clean_slug(self) -> str:
        """Refuse the addresses that the list of stories needs for itself."""
        return free(super().clean_slug())

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 -- Django's own signature
        """Save; a new story keeps the form's number as what ties its languages together."""
        draft = self.cleaned_data.get("draft")
        if draft:
            self.instance.translation_key = draft
        return super().save(commit=commit)
