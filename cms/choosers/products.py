"""Choosing a product for a page: what editors see and search."""

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from cms.choosers.numbers import NumberChooserBlock
from storefront.catalogue.models import Product
from storefront.catalogue.queries import stock_of
from storefront.catalogue.queries.cards import main_picture, with_pictures
from storefront.core.money import grouped
from storefront.media.queries import PictureView
from storefront.media.rules import Use
from storefront.partner.models import StockRecord


class ProductWidget(BaseChooser):
    """The chosen product in the editor's form."""

    def get_display_title(self, instance: Product) -> str:
        """Return the title, with a warning when readers do not see the product."""
        if instance.is_public:
            return instance.title
        return gettext("%(title)s – withdrawn from sale, readers do not see it") % {
            "title": instance.title
        }


def _record(product: Product) -> StockRecord | None:
    return next(iter(product.stockrecords.all()), None)


def _price(product: Product) -> str:
    record = _record(product)
    return grouped(record.price) if record else ""


def _stock(product: Product) -> str:
    record = _record(product)
    free, held_until = (record.free, record.held_until) if record else (0, None)
    return stock_of(product, free=free, held_until=held_until).text


def _seller(product: Product) -> str:
    record = _record(product)
    return record.partner.name if record else ""


class PictureColumn(Column):
    """The product's picture."""

    cell_template_name = "cms/admin/picture_cell.html"

    def get_value(self, instance: Product) -> PictureView | None:
        """Return the first picture, small."""
        return main_picture(instance, Use.CARD)


class _ProductColumns:
    @property
    def columns(self) -> list[Column]:
        """Return what an editor needs to tell one product from another."""
        first, *rest = super().columns  # type: ignore[misc]  # a mixin: the next class has it
        return [
            PictureColumn("picture", label=_("Picture"), width="5rem"),
            first,
            *rest,
            Column("price", label=_("Price"), accessor=_price),
            Column("stock", label=_("Stock"), accessor=_stock),
            Column("seller", label=_("Seller"), accessor=_seller),
            Column("district", label=_("District"), accessor="district"),
        ]


class ProductChooseView(_ProductColumns, ChooseView):
    """The whole chooser."""


class ProductChooseResultsView(_ProductColumns, ChooseResultsView):
    """The chooser's list after a search."""


class ProductChooserViewSet(ChooserViewSet):
    """The products on sale, to choose from."""

    model = Product
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    edit_item_text = _("Open in the shop's dashboard")
    per_page = 20
    base_block_class = NumberChooserBlock
    base_widget_class = ProductWidget
    choose_view_class = ProductChooseView
    choose_results_view_class = ProductChooseResultsView

    def get_object_list(self) -> QuerySet[Product]:
        """Return what is on sale; nothing else is offered."""
        on_sale: QuerySet[Product] = Product.objects.live()
        return on_sale.select_related("district").prefetch_related(
            "stockrecords__partner", *with_pictures(Use.CARD)
        )


product_chooser_viewset = ProductChooserViewSet("product_chooser", url_prefix="product-chooser")
# The path is written into migrations: it may not change.
ProductChooserBlock = product_chooser_viewset.get_block_class(
    name="ProductChooserBlock", module_path="cms.choosers"
)
