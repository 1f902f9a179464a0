"""What the editors' back office gains from the shop."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.choosers import ProductChooserViewSet, product_chooser_viewset
from cms.pages.stories import StoryProduct
from storefront.catalogue.models import Product


def register_product_chooser() -> ProductChooserViewSet:
    """Let stories choose products."""
    return product_chooser_viewset


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


class StoriesWithGaps(Component):
    """Published stories that name a product readers cannot see."""

    template_name = "cms/admin/stories_with_gaps.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the stories, with what is missing from each."""
        gaps = (
            StoryProduct.objects.exclude(product__is_public=True)
            .select_related("story__locale", "product")
            .order_by("story__title", "pk")[:20]
        )
        return {
            "gaps": [
                {
                    "story": gap.story.title,
                    "language": gap.story.locale.language_code,
                    "product": gap.product.title if gap.product else "",
                    "url": reverse("wagtailadmin_pages:edit", args=[gap.story_id]),
                }
                for gap in gaps
            ]
        }


def show_stories_with_gaps(request: HttpRequest, panels: list[Component]) -> None:
    """Tell editors on their front page which stories need care."""
    panels.append(StoriesWithGaps())


hooks.register("register_admin_viewset", register_product_chooser)
hooks.register("register_admin_menu_item", register_dashboard)
hooks.register("construct_homepage_panels", show_stories_with_gaps)
