"""Redirects that somebody writes by hand: never in a circle, and never by way of another."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect


def path_of(link: str | None) -> str:
    """Return the path of an address of this site as redirects keep it, or nothing if elsewhere."""
    parts = urlsplit(link or "")
    if not link or parts.netloc not in {"", urlsplit(settings.SHOP_URL).netloc}:
        return ""
    path: str = Redirect.normalise_path(parts._replace(scheme="", netloc="", fragment="").geturl())
    return path


class StraightForm(RedirectForm):
    """Wagtail's form of a redirect, which looks where it leads in the end."""

    def clean(self) -> dict[str, Any]:
        """
        Lead straight to the end of a chain.

        Raises:
            ValidationError: there is no end, it leads back to where it began.
        """
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        begin = Redirect.normalise_path(cleaned.get("old_path") or "")
        wanted = Redirect(
            redirect_page=cleaned.get("redirect_page"),
            redirect_link=cleaned.get("redirect_link") or "",
        )
        seen, last, here = {begin}, wanted, path_of(wanted.link)
        while here and here not in seen:
            following = self._from(here)
            if following is None or path_of(following.link) == here:
                break
            seen.add(here)
            last, here = following, path_of(following.link)
        if here in seen:
            raise ValidationError(gettext("This would lead in a circle, back to where it began."))
        return cleaned | {"redirect_page": last.redirect_page, "redirect_link": last.redirect_link}

    def save(self, commit: bool = True) -> Redirect:  # noqa: FBT001, FBT002 -- Django's own signature
        """Save; whatever led here before now leads straight on."""
        saved: Redirect = super().save(commit=commit)
        by_hand = Redirect.objects.exclude(redirect_link="").exclude(pk=saved.pk)
        before = [each.pk for each in by_hand if path_of(each.redirect_link) == saved.old_path]
        Redirect.objects.filter(pk__in=before).update(
            redirect_page=saved.redirect_page, redirect_link=saved.redirect_link
        )
        return saved

    def _from(self, path: str) -> Redirect | None:
        others = Redirect.get_for_site(self.cleaned_data.get("site"))
        found: Redirect | None = others.exclude(pk=self.instance.pk).filter(old_path=path).first()
        return found


class NewRedirectView(views.CreateView):
    """Wagtail's form for a new redirect."""

    form_class = StraightForm


class RedirectView(views.EditView):
    """Wagtail's form for one that is there."""

    form_class = StraightForm
