"""The menu, the footer and the line above: set by editors, the same on every page."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import register_setting
from wagtail.fields import StreamField

from cms.blocks.links import AccountBlock, ColumnBlock, LinkBlock
from cms.menus import Menus, menus_of, unseen_links
from storefront.core.kept import kept

FIRST: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("first_navigation.toml").read_text(encoding="utf-8")
)
# Wagtail wants every part of a block, also those that are empty.
EMPTY_LINK = {"page": None, "place": "", "address": "", "label_en": "", "label_hi": ""}
EMPTY_TEXT = {"text_en": "", "text_hi": ""}
MOST_ENTRIES, MOST_COLUMNS = 6, 4
PAIRS = (("line_en", "line_hi"), ("contact_en", "contact_hi"))


def first_menu() -> list[tuple[str, Any]]:
    """Return the menu of a new site; migrations name this function."""
    return [("link", EMPTY_LINK | link) for link in FIRST["menu"]]


def first_columns() -> list[tuple[str, Any]]:
    """Return the footer of a new site; migrations name this function."""
    return [
        (
            "column",
            EMPTY_TEXT | column | {"links": [EMPTY_LINK | link for link in column["links"]]},
        )
        for column in FIRST["columns"]
    ]


def first_line_en() -> str:
    """Return the line above a new site's pages; migrations name this function."""
    return str(FIRST["line_en"])


def first_line_hi() -> str:
    """Return the same in Hindi; migrations name this function."""
    return str(FIRST["line_hi"])


class UnseenPanel(HelpPanel):
    """Tells editors which links readers do not see, and why."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The same, of one site's navigation."""

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the links."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"unseen": unseen_links(self.instance)}


@register_setting(icon="list-ul", order=100)
class Navigation(BaseSiteSetting):
    """What stands above and below every page; a site without a row has a new site's."""

    line_en = models.CharField(
        _("line above, English"), max_length=80, blank=True, default=first_line_en
    )
    line_hi = models.CharField(
        _("line above, Hindi"), max_length=80, blank=True, default=first_line_hi
    )
    menu = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("main menu"),
        max_num=MOST_ENTRIES,
        blank=True,
        default=first_menu,
    )
    columns = StreamField(
        [("column", ColumnBlock())],
        verbose_name=_("columns of the footer"),
        max_num=MOST_COLUMNS,
        blank=True,
        default=first_columns,
    )
    contact_en = models.TextField(_("how to reach us, English"), max_length=200, blank=True)
    contact_hi = models.TextField(_("how to reach us, Hindi"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("telephone"),
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(r"^\+?[0-9][0-9 -]{5,18}$", _("Digits, such as +91 522 400 1234."))
        ],
    )
    accounts = StreamField(
        [("account", AccountBlock())],
        verbose_name=_("at the networks"),
        max_num=6,
        blank=True,
    )

    panels = (
        UnseenPanel(template="cms/admin/unseen_links.html"),
        FieldRowPanel([FieldPanel("line_en"), FieldPanel("line_hi")], heading=_("Line above")),
        FieldPanel("menu"),
        FieldPanel("columns"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contact_en"), FieldPanel("contact_hi")]),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
            ],
            heading=_("Contact"),
        ),
        FieldPanel("accounts"),
    )

    class Meta:
        verbose_name = _("menu and footer")
        verbose_name_plural = _("menus and footers")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        """Refuse words in one language only."""
        super().clean()
        for english, hindi in PAIRS:
            if bool(getattr(self, english)) != bool(getattr(self, hindi)):
                raise ValidationError({hindi: _("Write it in both languages, or in none.")})


@kept("MENUS_KEPT_SECONDS")
def menus(language: str) -> Menus:
    """Return what stands on every page; two queries in MENUS_KEPT_SECONDS."""
    return menus_of(navigation(), language=language)


def navigation() -> Navigation:
    """Return what editors set, or what a new site starts with."""
    return Navigation.objects.filter(site__is_default_site=True).first() or Navigation()
