"""One person: all they agreed to and took back, and withdrawing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from storefront.accounts.models import User
from storefront.consent.forms import WithdrawForm
from storefront.consent.models import Agreement, Person
from storefront.consent.queries import Event, history_of
from storefront.consent.rules import State, state_of
from storefront.consent.services import NothingToWithdraw, withdraw
from storefront.consent.views.rooms import MAY_OPEN, Room
from storefront.core.clock import now, today
from storefront.core.plugs import plug

MAY_WITHDRAW = "consent.add_withdrawal"


class PersonRoom(Room):
    """A page about one person."""

    person: Person
    permission_required = "view"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the person."""
        super().setup(request, *args, **kwargs)
        people = Person.objects.select_related("district", "artisan")
        self.person = get_object_or_404(people, pk=kwargs["person_id"])

    def shown_on(self) -> list[dict[str, str]]:
        """Return the live pages that show them."""
        return [
            {
                "title": page.title,
                "language": page.locale.language_code,
                "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
            }
            for page in plug("PAGES_OF_PERSON")(self.person)
        ]

    def may(self, permission: str) -> bool:
        """Return whether who asks may do something."""
        user = self.request.user
        return isinstance(user, User) and user.has_perm(permission)


class PersonView(PersonRoom, TemplateView):
    """Everything that happened to somebody's consents, the latest first."""

    template_name = "cms/admin/consent_person.html"

    def get_page_title(self) -> str:
        """Return who it is."""
        return str(self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the history, and where they are shown."""
        open_rows = [row for row in _rows(self.person) if _can_be_withdrawn(row)]
        may_withdraw = bool(open_rows) and self.may(MAY_WITHDRAW)
        return super().get_context_data(**kwargs) | {
            "person": self.person,
            "events": [self._event(event) for event in history_of(self.person)],
            "shown_on": self.shown_on(),
            "add_url": f"{reverse('consents:add')}?person={self.person.pk}",
            "withdraw_url": (
                reverse("consents:withdraw", args=[self.person.pk]) if may_withdraw else ""
            ),
        }

    def _event(self, event: Event) -> dict[str, Any]:
        row = event.agreement
        may_open = row.paper_id is not None and self.may(MAY_OPEN)
        return {
            "at": event.at,
            "by": event.by,
            "reason": event.reason,
            "row": row,
            "state": row.state_text(on=today()),
            "paper_url": reverse("consents:paper", args=[row.paper_id]) if may_open else "",
        }


class WithdrawView(PersonRoom, FormView[WithdrawForm]):
    """Withdraw what somebody takes back: it is asked once more what goes offline."""

    form_class = WithdrawForm
    template_name = "cms/admin/consent_withdraw.html"
    page_title = gettext_lazy("Withdraw")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may withdraw; Wagtail leads the others home and tells them."""
        if not self.may(MAY_WITHDRAW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def trail(self) -> list[dict[str, str]]:
        """Return the person's page."""
        url = reverse("consents:person", args=[self.person.pk])
        return [{"url": url, "label": str(self.person)}]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what can be withdrawn; all of it is ticked."""
        rows = [row for row in _rows(self.person) if _can_be_withdrawn(row)]
        ticked = {"agreements": [str(row.pk) for row in rows]}
        return super().get_form_kwargs() | {"rows": rows, "on": today(), "initial": ticked}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what goes offline."""
        return super().get_context_data(**kwargs) | {
            "person": self.person,
            "shown_on": self.shown_on(),
        }

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        """Withdraw, and say what went offline."""
        before = len(self.shown_on())
        user = self.request.user
        assert isinstance(user, User), "the back office asked who it is"
        numbers = [int(number) for number in form.cleaned_data["agreements"]]
        reason = form.cleaned_data["reason"]
        try:
            withdraw(self.person, numbers, reason=reason, by=user, now=now())
        except NothingToWithdraw as refusal:
            messages.error(self.request, str(refusal))
            return redirect("consents:person", self.person.pk)
        gone = before - len(self.shown_on())
        told = gettext("Withdrawn. What it allowed is off the shop.")
        pages = ngettext("%(count)s page went offline.", "%(count)s pages went offline.", gone)
        messages.success(self.request, f"{told} {pages % {'count': gone}}")
        return redirect("consents:person", self.person.pk)


def _rows(person: Person) -> list[Agreement]:
    rows = person.agreements.select_related("person", "withdrawal")
    return list(rows.order_by("pk"))


def _can_be_withdrawn(row: Agreement) -> bool:
    return state_of(row.as_said(), on=today()) in {State.COMING, State.GIVEN}
