"""What the form of a page tells its editors besides its fields."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from cms.people import Gap, gaps

MAY_RECORD = "consent.add_agreement"


def record_url(gap: Gap, *, knows_story: bool) -> str:
    """Return the address of the form that records what is missing, filled in."""
    need = gap.need
    asked: dict[str, Any] = {
        "person": need.person,
        "uses": need.use,
        "languages": need.language,
        "photo": need.photo,
        "story": need.story if knows_story else None,
    }
    return f"{reverse('consents:add')}?{urlencode({k: v for k, v in asked.items() if v})}"


class ConsentPanel(Panel):
    """What is missing before the page may be published, with the way to record it."""

    class BoundPanel(Panel.BoundPanel):
        """The panel in one page's form."""

        template_name = "cms/admin/consent_panel.html"

        @cached_property
        def gaps(self) -> list[Gap]:
            """Return what the page as it stands would show without consent."""
            page, form = self.instance, self.form
            if form and form.is_bound:
                return gaps(page, listed=form.listed())
            return gaps(page) if page and page.pk else []

        def is_shown(self) -> bool:
            """Show it only when something is missing."""
            return bool(self.gaps)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the gaps, with links for those who may record a consent."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            # A story that was never saved has no number yet that an agreement could name.
            known = bool(self.instance.pk)
            may_record = self.request.user.has_perm(MAY_RECORD)
            context["gaps"] = [
                {"text": gap.text, "url": record_url(gap, knows_story=known) if may_record else ""}
                for gap in self.gaps
            ]
            return context
