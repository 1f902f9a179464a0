"""Products in a story, buyable on the spot at the price and stock of the moment."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from cms.choosers import ProductChooserBlock
from storefront.catalogue.models import Product
from storefront.catalogue.queries import cards_of


class ProductsBlock(StructBlock):
    """
    One to six products.

    The only kind of block that holds products: each such kind costs a set of queries of its own.
    """

    title = CharBlock(label=_("Heading"), required=False, max_length=120)
    products = ListBlock(
        ProductChooserBlock(), label=_("Products"), min_num=1, max_num=6, icon="tag"
    )

    class Meta:
        label = _("Products")
        icon = "tag"
        group = _("Shop")
        description = _("Up to six products, with the price and stock of the moment.")
        preview_template = "cms/block_preview.html"
        template = "cms/blocks/products.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the cards of what is on sale, and how many readers do not see."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        chosen = list(value["products"])
        on_sale = cards_of(product.pk for product in chosen if product and product.is_public)
        return context | {
            "cards": on_sale,
            "missing": len(chosen) - len(on_sale),
            "add_url": reverse("basket-add"),
            "story": str(getattr(context.get("page"), "translation_key", "")),
        }

    def get_preview_value(self) -> Any:
        """Return the newest products on sale, so that the preview shows real ones."""
        newest = Product.objects.live().order_by("-pk").values_list("pk", flat=True)[:2]
        return self.to_python({"title": "From this workshop", "products": list(newest)})
