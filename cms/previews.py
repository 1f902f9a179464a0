"""How else editors can look at a draft: sold out, in the other language, dressed for a festival."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Page

from cms.festivals import Festival, Season, skin_choices
from storefront.catalogue.queries import pretending

_ = gettext_lazy
AS_IT_IS, IN_STOCK, SOLD_OUT, OTHER_LANGUAGE, SKIN = "", "in-stock", "sold-out", "other", "skin-"
# More than is ever called few.
PLENTY = 100
OTHER = {"en": _("In Hindi"), "hi": _("In English")}


class Previews(Page):
    """
    A page with several previews.

    All of them are the page itself, by the same templates: only what it is told of stock, of the
    season or of its language is another thing. Nothing is written.
    """

    # Whether products stand on pages of this kind.
    shows_products = True

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Return the names of the ways to look at the page, with what editors read."""
        return list(self._modes())

    def _modes(self) -> Iterator[tuple[str, str]]:
        yield AS_IT_IS, gettext("As it is now")
        if self.shows_products:
            yield IN_STOCK, gettext("Everything in stock")
            yield SOLD_OUT, gettext("Everything sold out")
        yield OTHER_LANGUAGE, str(OTHER[self.locale.language_code])
        for skin, name in skin_choices():
            yield f"{SKIN}{skin}", gettext("At %(festival)s") % {"festival": name}

    def serve_preview(self, request: HttpRequest, mode_name: str | None) -> HttpResponse:
        """Show the page in one of its modes; one that it does not know is the first."""
        mode = mode_name or AS_IT_IS
        if mode == OTHER_LANGUAGE:
            return self._translated(request)
        if mode.startswith(SKIN):
            request.season = _season_of(mode.removeprefix(SKIN))
        with _stock(mode):
            response: Any = super().serve_preview(request, mode_name)
            rendered: HttpResponse = response.render()
        return rendered

    def _translated(self, request: HttpRequest) -> HttpResponse:
        """Show the newest draft of the translation, or say that there is none."""
        others = Page.objects.filter(translation_key=self.translation_key, alias_of=None)
        other = others.exclude(locale=self.locale).first()
        if other is None:
            return render(request, "cms/not_translated.html", {"page": self})
        draft: Page = other.get_latest_revision_as_object()
        shown: HttpResponse = draft.make_preview_request(request)
        return shown


def _stock(mode: str) -> AbstractContextManager[None]:
    pieces = {IN_STOCK: PLENTY, SOLD_OUT: 0}
    return pretending(free=pieces[mode]) if mode in pieces else nullcontext()


def _season_of(skin: str) -> Season:
    """Return the season in which the shop wears a skin, as its last festival told of it."""
    if skin not in settings.SKINS:
        return Season()
    told = Festival.objects.filter(skin=skin).select_related("picture").order_by("-first_day")
    name = skin.title()
    return Season(told.first() or Festival(name_en=name, name_hi=gettext(name), skin=skin))
