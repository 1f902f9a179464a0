"""What the editors' back office gains from the shop."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from cms.block_copies import CopyBlocksItem, copy_page_blocks
from cms.checks import with_our_checks
from cms.choosers import CHOOSERS
from cms.draft_links import draft_links
from cms.front_page import NeedsCare, WaysIn
from cms.front_page_consents import ConsentsEnding
from cms.pages.base import BasePage
from cms.redirects import NewRedirectView, RedirectView
from cms.reports import BestSellers, StoriesReport
from cms.taking_back import HELD_BACK, TAKEN_BACK
from cms.viewsets import VIEWSETS
from storefront.accounts.models import User
from storefront.catalogue.models import Product
from storefront.consent.views.listing import VIEWSETS as LEDGER


def register_choosers() -> tuple[ViewSet, ...]:
    """Let pages choose products, makers and sellers."""
    return CHOOSERS


class ProductURLFinder(ModelAdminURLFinder):
    """“Open” on a chosen product leads to the dashboard, for those who may change it there."""

    def construct_edit_url(self, instance: Product) -> str | None:
        """Return the product's address in the dashboard, or nothing for who cannot go there."""
        if not getattr(self.user, "is_staff", False):
            return None
        return reverse("dashboard:catalogue-product", kwargs={"pk": instance.pk})


register_admin_url_finder(Product, ProductURLFinder)


class DashboardMenuItem(MenuItem):
    """The way to the shop's dashboard."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to staff only."""
        return bool(request.user.is_staff)


def register_dashboard() -> DashboardMenuItem:
    """Link the shop's dashboard from the menu."""
    return DashboardMenuItem(
        _("Shop dashboard"), reverse("dashboard:index"), icon_name="tag", order=9000
    )


def register_lists() -> tuple[ViewSet, ...]:
    """Let editors find all stories, and moderators say who writes about which district."""
    return (*VIEWSETS, *LEDGER)


def build_front_page(request: HttpRequest, panels: list[Component]) -> None:
    """Show editors where to begin, which stories need care, and which are loved."""
    panels += [WaysIn(), ConsentsEnding(request), NeedsCare(), BestSellers()]


def register_reports() -> list[URLPattern]:
    """Give the report on stories its address."""
    return [path("reports/stories/", StoriesReport.as_view(), name="stories-report")]


def register_page_actions() -> list[URLPattern]:
    """Give what can be done with a page, besides what Wagtail knows, its addresses."""
    return [
        path("pages/<int:page_id>/draft-links/", draft_links, name="draft-links"),
        path("pages/<int:page_id>/copy-blocks/", copy_page_blocks, name="copy-blocks"),
    ]


def register_redirects() -> list[URLPattern]:
    """Take the place of Wagtail's forms for redirects, which let them lead in a circle."""
    return [
        path("redirects/add/", NewRedirectView.as_view()),
        path("redirects/<int:redirect_id>/", RedirectView.as_view()),
    ]


class DraftLinksItem(PageMenuItem):
    """Lets who edits a page give others a link to its draft."""

    label = _("Links to the draft")
    icon_name = "link"
    url_name = "draft-links"

    def is_shown(self, user: User) -> bool:
        """Show it for the shop's own pages, to who may edit them."""
        is_ours = isinstance(self.page.specific_deferred, BasePage)
        return is_ours and bool(self.page.permissions_for_user(user).can_edit())


def offer_page_actions(page: Page, user: User, **_more: Any) -> Iterator[PageMenuItem]:
    """Offer them among what can be done with a page."""
    del user
    yield CopyBlocksItem(page=page, priority=35)
    yield DraftLinksItem(page=page, priority=66)


def register_report_menu_item() -> MenuItem:
    """List the report among Wagtail's own."""
    label = _("What stories move")
    return MenuItem(label, reverse("stories-report"), icon_name="doc-full-inverse", order=90)


def link_sheet() -> SafeString:
    """Style what the back office shows of ours."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/back_office.css"))


def name_actions(actions: LogActionRegistry) -> None:
    """Say in a page's history why it went offline or did not go live."""
    missing = _("Taken offline: somebody it shows does not agree")
    held = _("Not published as planned: somebody it shows did not agree")
    actions.register_action(TAKEN_BACK, _("Take offline"), missing)
    actions.register_action(HELD_BACK, _("Hold back"), held)


hooks.register("register_admin_viewset", register_choosers)
hooks.register("register_admin_menu_item", register_dashboard)
hooks.register("register_admin_viewset", register_lists)
hooks.register("register_admin_urls", register_reports)
hooks.register("register_admin_urls", register_page_actions)
# Before Wagtail's own, which have the same addresses.
hooks.register("register_admin_urls", register_redirects, order=-1)
hooks.register("register_page_header_buttons", offer_page_actions)
hooks.register("register_reports_menu_item", register_report_menu_item)
hooks.register("insert_global_admin_css", link_sheet)
hooks.register("construct_homepage_panels", build_front_page)
hooks.register("register_log_actions", name_actions)
hooks.register("construct_wagtail_userbar", with_our_checks)
