"""
No page goes to readers that shows somebody who does not agree.

See Note [Nobody is shown who does not agree].
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import COMMENTS_RELATION_NAME, Page

from cms.people import gaps, let_live, note

# What a draft writes of itself into the page that readers see.
DRAFTS_OWN = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    COMMENTS_RELATION_NAME,
}


class AskingForm(WagtailAdminPageForm):
    """The form of a page; it asks the ledger before the page goes to readers or moderators."""

    def is_valid(self) -> bool:
        """Return whether it may go to readers or moderators: everybody it shows agrees."""
        valid: bool = super().is_valid()
        if not valid or self.is_deferred_validation or self._sends_back():
            return valid
        for gap in gaps(self.instance, listed=self.listed()):
            self.add_error(None, gap.text)
        return not self.errors

    def _sends_back(self) -> bool:
        """Return whether a moderator gives the page back, or its workflow is given up."""
        rejects = self.data.get("workflow-action-name") == "reject"
        return rejects or "action-cancel-workflow" in self.data

    def listed(self) -> list[int] | None:
        """Return the people that what was sent says the page tells of, if it says so."""
        if "people" not in self.formsets or not self.formsets["people"].is_valid():
            return None
        rows = self.formsets["people"].cleaned_data
        return [row["person"].pk for row in rows if row.get("person") and not row.get("DELETE")]


class GuardedPage(Page):
    """A page whose every save asks the ledger, if readers see what is saved."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """
        Write the page; a live one shows nobody who does not agree to it.

        Raises:
            ConsentMissing: somebody does not.
        """
        if not self._changes_for_readers(kwargs.get("update_fields")):
            return super().save(*args, **kwargs)
        with transaction.atomic():
            needs = let_live(self)
            saved = super().save(*args, **kwargs)
            note(self, needs)
            return saved

    def _changes_for_readers(self, update_fields: Iterable[str] | None) -> bool:
        """Return whether this save changes what readers see; a draft's notes are none of it."""
        if not self.live or self.alias_of_id:
            return False
        return update_fields is None or not DRAFTS_OWN.issuperset(update_fields)
