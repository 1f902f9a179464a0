"""Products: where they come from, how much is in them, how they are packed and taxed."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Floor
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin
from oscar.apps.catalogue.abstract_models import AbstractProduct, AbstractProductImage
from oscar.apps.catalogue.managers import ProductQuerySet as OscarProductQuerySet

from storefront.atlas.models import Craft, District
from storefront.catalogue.models.choices import Colour, GiRight, Material
from storefront.catalogue.models.makers import Artisan
from storefront.catalogue.rules import (
    COUNTED,
    MEASURED,
    ONE_PIECE,
    Box,
    ProductState,
    Quantity,
    Unit,
)
from storefront.core.slugs import readable_slug
from storefront.gst.rules import GstRule
from storefront.media.models import Picture

PACKED = ("packed_length_cm", "packed_width_cm", "packed_height_cm")
UNIT_WORDS = {
    Unit.GRAM: _("grams"),
    Unit.MILLILITRE: _("millilitres"),
    Unit.CENTIMETRE: _("centimetres"),
    Unit.PIECE: _("pieces"),
    Unit.PAIR: _("pairs"),
}


class ProductQuerySet(SearchableQuerySetMixin, OscarProductQuerySet):
    """Oscar's filters and ours."""

    def live(self) -> Self:
        """
        Return what may be shown and sold.

        Asked by the truth value, which stands in the statement: PostgreSQL then knows that the
        indexes of what is live will do, and keeps one plan for all arguments.
        """
        return self.filter(is_public=True)


class Product(index.Indexed, AbstractProduct):
    """One thing for sale: one seller, one stock record, prices that include GST."""

    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in ProductState],
        default=ProductState.DRAFT,
        db_index=True,
    )
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="products")
    craft = models.ForeignKey(Craft, models.PROTECT, null=True, related_name="products")
    artisan = models.ForeignKey(
        Artisan, models.PROTECT, null=True, blank=True, related_name="products"
    )
    materials = models.CharField(_("materials"), max_length=200, blank=True)
    made_of = models.ManyToManyField(
        Material, verbose_name=_("made of"), blank=True, related_name="products"
    )
    colours = models.ManyToManyField(
        Colour, verbose_name=_("colours"), blank=True, related_name="products"
    )
    gi_right = models.ForeignKey(
        GiRight,
        models.PROTECT,
        verbose_name=_("sold under a GI name by the right of"),
        null=True,
        blank=True,
        related_name="products",
    )
    length_cm = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    width_cm = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    height_cm = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    weight_g = models.PositiveIntegerField(default=500)
    # As it travels; without, only its weight is known.
    packed_length_cm = models.DecimalField(
        _("packed length in cm"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    packed_width_cm = models.DecimalField(
        _("packed width in cm"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    packed_height_cm = models.DecimalField(
        _("packed height in cm"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    # How much is in it; without, it is one piece.
    net_amount = models.DecimalField(
        _("net quantity"),
        max_digits=8,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("How much is in it, without packing. Leave it empty for one piece."),
    )
    net_unit = models.CharField(
        _("unit of the net quantity"),
        max_length=5,
        blank=True,
        choices=[(unit.value, UNIT_WORDS[unit]) for unit in (*MEASURED, *COUNTED)],
    )
    country_of_origin = models.CharField(max_length=2, default="IN")
    lead_days = models.PositiveSmallIntegerField(default=0)
    is_one_of_a_kind = models.BooleanField(default=False)
    hsn = models.CharField("HSN", max_length=8, blank=True)
    gst_rate = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal(5))
    gst_rate_above = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)

    objects = ProductQuerySet.as_manager()  # type: ignore[misc]  # Oscar declares it on the class

    # For the editors' chooser; what buyers search is the search chapter's own table.
    search_fields = (
        index.AutocompleteField("title_en"),
        index.AutocompleteField("title_hi"),
        index.AutocompleteField("upc"),
        index.FilterField("is_public"),
    )

    class Meta(AbstractProduct.Meta):
        abstract = False
        constraints = (
            # Oscar asks is_public; we move states. The two can never disagree.
            models.CheckConstraint(
                condition=Q(is_public=True, state=ProductState.LIVE)
                | (Q(is_public=False) & ~Q(state=ProductState.LIVE)),
                name="catalogue_public_means_live",
            ),
            models.CheckConstraint(
                condition=Q(net_amount__isnull=True, net_unit="")
                | Q(net_amount__isnull=False, net_amount__gt=0)
                & (
                    Q(net_unit__in=[unit.value for unit in MEASURED])
                    | Q(
                        net_unit__in=[unit.value for unit in COUNTED],
                        net_amount=Floor("net_amount"),
                    )
                ),
                name="catalogue_net_has_unit",
                violation_error_message=_(
                    "Please give an amount and its unit, or neither; pieces and pairs are whole."
                ),
            ),
            models.CheckConstraint(
                condition=Q(**{f"{side}__isnull": True for side in PACKED})
                | (
                    Q(**{f"{side}__isnull": False for side in PACKED})
                    & Q(**{f"{side}__gt": 0 for side in PACKED})
                ),
                name="catalogue_packed_whole",
                violation_error_message=_("Please give all three packed sides, or none."),
            ),
        )
        # The shop's own order of what is live, of everything and of each filter: a list reads
        # its two dozen products, however many there are.
        indexes = tuple(
            models.Index(
                fields=(*of, "-priority", "-date_created", "-id"),
                name=f"catalogue_live_{name}",
                condition=Q(is_public=True),
            )
            for name, of in (
                ("first", ()),
                ("of_craft", ("craft",)),
                ("of_district", ("district",)),
                ("of_maker", ("artisan",)),
            )
        )

    @property
    def gst_rule(self) -> GstRule:
        """Return how this product is taxed."""
        return GstRule(rate=self.gst_rate, rate_above=self.gst_rate_above)

    @property
    def net(self) -> Quantity:
        """Return how much is in it."""
        if self.net_amount is None:
            return ONE_PIECE
        return Quantity(self.net_amount, Unit(self.net_unit))

    @net.setter
    def net(self, net: Quantity) -> None:
        is_told = net != ONE_PIECE
        self.net_amount, self.net_unit = (net.amount, net.unit) if is_told else (None, "")

    @property
    def box(self) -> Box | None:
        """Return its size as it travels, if it is known."""
        length, width, height = self.packed_length_cm, self.packed_width_cm, self.packed_height_cm
        return Box(length, width, height) if length and width and height else None

    @box.setter
    def box(self, box: Box | None) -> None:
        sides = (box.length, box.width, box.height) if box else (None, None, None)
        self.packed_length_cm, self.packed_width_cm, self.packed_height_cm = sides

    @property
    def family(self) -> str:
        """Return the family of its craft."""
        return self.craft.family if self.craft else ""

    def get_absolute_url(self) -> str:
        """Return the product's address in the language of the moment."""
        return reverse("product", args=[self.slug, self.pk])

    def update_rating(self) -> None:
        """Count the stars anew; Oscar's would write the whole row, and states of a moment ago."""
        self.rating = self.calculate_rating()
        self.save(update_fields=["rating"])

    update_rating.alters_data = True  # type: ignore[attr-defined]  # Django's mark for templates

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with a slug made once from the English title."""
        self.slug = self.slug or readable_slug(self.title_en or self.title or "")[:255]
        super().save(*args, **kwargs)


class ProductImage(AbstractProductImage):
    """A product's picture, kept in the image library."""

    image = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(AbstractProductImage.Meta):
        abstract = False


from oscar.apps.catalogue.models import (  # noqa: E402 -- Oscar's other models, after ours
    AttributeOption,
    AttributeOptionGroup,
    Category,
    Option,
    ProductAttribute,
    ProductAttributeValue,
    ProductCategory,
    ProductCategoryHierarchy,
    ProductClass,
    ProductRecommendation,
)

__all__ = [
    "AttributeOption",
    "AttributeOptionGroup",
    "Category",
    "Option",
    "Product",
    "ProductAttribute",
    "ProductAttributeValue",
    "ProductCategory",
    "ProductCategoryHierarchy",
    "ProductClass",
    "ProductImage",
    "ProductQuerySet",
    "ProductRecommendation",
]
