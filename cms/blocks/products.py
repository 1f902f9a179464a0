"""Products in a story, buyable on the spot at the price and stock of the moment."""

from collections.abc import Iterator
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    StructValue,
    TextBlock,
)

from cms.blocks.choices import SlugBlock, crafts, districts
from cms.blocks.looks import PREVIEW, Group, look_block, with_settings
from cms.blocks.shelf import Shelf, ShelfBlock
from cms.choosers import ProductChooserBlock, SellerChooserBlock, number_of
from cms.product_rows import MOST, RowValue
from storefront.catalogue.models import Product
from storefront.catalogue.queries import Card
from storefront.catalogue.queries.filters import Sort


class ProductsBlock(ShelfBlock):
    """One to six products, chosen one by one."""

    title = CharBlock(label=_("Heading"), required=False, max_length=120)
    products = ListBlock(
        ProductChooserBlock(), label=_("Products"), min_num=1, max_num=MOST, icon="tag"
    )

    class Meta:
        label = _("Products")
        icon = "tag"
        group = Group.SHOP
        description = _("Up to six products, with the price and stock of the moment.")
        preview_template = PREVIEW
        template = "cms/blocks/products.html"

    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return the cards of what is on sale, and how many readers do not see."""
        on_sale = shelf.products(value["products"])
        return _buyable(on_sale, missing=len(value["products"]) - len(on_sale))

    def get_preview_value(self) -> Any:
        """Return the newest products on sale, so that the preview shows real ones."""
        return self.to_python({"title": gettext("From this workshop"), "products": _newest(2)})


class ProductBlock(ShelfBlock):
    """One product, and why it stands here."""

    product = ProductChooserBlock(label=_("Product"))
    words = TextBlock(label=_("Words"), required=False, max_length=300, rows=2)

    class Meta:
        label = _("One product")
        icon = "tag"
        group = Group.SHOP
        description = _("One product with a few words, beside what the story tells of it.")
        preview_template = PREVIEW
        template = "cms/blocks/product.html"

    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return the product's card if it is on sale."""
        on_sale = shelf.products([value["product"]])
        return _buyable(on_sale, missing=1 - len(on_sale))

    def get_preview_value(self) -> Any:
        """Return the newest product on sale."""
        words = gettext("Nobody measures the rim; the thumb knows.")
        return self.to_python({"product": next(iter(_newest(1)), None), "words": words})


class Order(TextChoices):
    """Which products of a row come first."""

    NEWEST = Sort.NEW.value, _("the newest")
    FEATURED = Sort.FEATURED.value, _("as the shop lists them")


class ProductRowBlock(ShelfBlock):
    """Products that fit a rule at the moment the story is read."""

    title = CharBlock(label=_("Heading"), required=False, max_length=120)
    craft = SlugBlock(choices=crafts, label=_("Craft"), required=False, search_index=False)
    district = SlugBlock(choices=districts, label=_("District"), required=False, search_index=False)
    seller = SellerChooserBlock(label=_("Seller"), required=False)
    in_stock = BooleanBlock(label=_("Only what can be bought now"), required=False, default=True)
    order = ChoiceBlock(
        choices=Order.choices, default=Order.NEWEST, label=_("First"), search_index=False
    )
    count = IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=MOST)
    look = look_block()

    class Meta:
        label = _("Row of products by rule")
        icon = "order-down"
        group = Group.SHOP
        description = _("Up to six products of a craft, a district or a seller, chosen by itself.")
        form_layout = with_settings(
            *("title", "craft", "district", "seller", "in_stock"),
            settings=("order", "count", "look"),
        )
        value_class = RowValue
        preview_template = PREVIEW
        template = "cms/blocks/product_row.html"

    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return what fits the rule now."""
        return _buyable(shelf.row(value.rule), missing=0)

    def get_preview_value(self) -> Any:
        """Return a row of the newest products of all."""
        return self.to_python({"title": gettext("New in the shop")})


def chosen_products(kind: str, value: Any) -> Iterator[int]:
    """Yield the products that a block names, from what is kept of it; a rule names none."""
    if kind == "product":
        items = [value.get("product")]
    elif kind == "products":
        # Old and new forms wrap the items of the list differently.
        kept = value.get("products") or ()
        items = [item.get("value", item) if isinstance(item, dict) else item for item in kept]
    else:
        items = []
    yield from filter(None, map(number_of, items))


def _buyable(cards: list[Card], *, missing: int) -> dict[str, Any]:
    return {"cards": cards, "missing": missing, "add_url": reverse("basket-add")}


def _newest(count: int) -> list[int]:
    newest = Product.objects.live().order_by("-pk").values_list("pk", flat=True)
    return list(newest[:count])
