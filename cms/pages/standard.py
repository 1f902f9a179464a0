"""Pages of words: help, the small print."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.pages.base import PROSE, BasePage

# Those that the shop itself links to, and that a new site starts with.
FIRST = (
    "help",
    "how-search-works",
    "about",
    "contact",
    "delivery",
    "returns",
    "terms",
    "privacy",
    "grievance",
)


class StandardPage(BasePage):
    """A page of words."""

    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    body = RichTextField(_("words"), blank=True, features=PROSE)

    content_panels = (
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel(
            "body",
            help_text=_("{return_days} becomes the days in which a piece can be sent back."),
        ),
    )

    search_fields = (*Page.search_fields, index.SearchField("intro"), index.SearchField("body"))

    parent_page_types = ("cms.HomePage",)
    subpage_types = ()
    template = "pages/standard.html"
    shows_products = False

    class Meta:
        verbose_name = _("page of words")
        verbose_name_plural = _("pages of words")

    @classmethod
    def address_of(cls, *, language: str, slug: str) -> str:
        """Return the address: these pages lie right under the home page."""
        with translation.override(language):
            return reverse("wagtail_serve", args=[f"{slug}/"])

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the words; what the settings promise stands in them by its name."""
        body = self.body.replace("{return_days}", str(settings.RETURN_DAYS))
        return {"text": {"title": self.title, "intro": self.intro, "body": body}}
