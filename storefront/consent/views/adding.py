"""The form that records what somebody agreed to."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.models import Page

from storefront.consent.forms import AgreementForm
from storefront.consent.rules import Proof
from storefront.consent.services import PaperRefused, agree
from storefront.consent.views.choosing import person_chooser
from storefront.consent.views.rooms import Room
from storefront.core.clock import now, today


class AddView(Room, FormView[AgreementForm]):
    """Record a consent; a link from a page fills in what is missing there."""

    permission_required = "add"
    form_class = AgreementForm
    template_name = "cms/admin/consent_form.html"
    page_title = gettext_lazy("Record a consent")

    def get_form(self, form_class: Any = None) -> AgreementForm:
        """Return the form, its person chosen in a window."""
        form = super().get_form(form_class)
        form.fields["person"].widget = person_chooser.widget_class()
        return form

    def get_initial(self) -> dict[str, Any]:
        """Return what the address asks for; what makes no sense is left out."""
        asked = self.request.GET
        return {
            "person": _number(asked.get("person")),
            "photo": _number(asked.get("photo")),
            "story": _page(asked.get("story")),
            "uses": asked.getlist("uses"),
            "languages": asked.getlist("languages"),
            "from_on": today(),
            "proof": Proof.PAPER,
        }

    def form_valid(self, form: AgreementForm) -> HttpResponse:
        """Write it down and show the person's history."""
        person = form.cleaned_data["person"]
        assert self.request.user.is_authenticated, "the back office asked who it is"
        try:
            agree(
                person,
                form.terms(),
                proof=Proof(form.cleaned_data["proof"]),
                file=form.cleaned_data["paper"],
                by=self.request.user,
                now=now(),
            )
        except PaperRefused as refusal:
            form.add_error("paper", str(refusal))
            return self.form_invalid(form)
        told = gettext("The consent of %(name)s is recorded.") % {"name": person}
        messages.success(self.request, told)
        return redirect("consents:person", person.pk)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _page(text: str | None) -> Page | None:
    """Return a page in one of the languages that the number ties together."""
    try:
        key = UUID(text or "")
    except ValueError:
        return None
    found: Page | None = Page.objects.filter(translation_key=key).order_by("path").first()
    return found
