"""Which words of the catalogue are kept in both languages."""

from modeltranslation.translator import TranslationOptions, register

from storefront.catalogue.models import Artisan, Category, Colour, GiRight, Material, Product


@register(Product)
class ProductOptions(TranslationOptions):
    """The words of a product; never its slug."""

    fields = ("title", "description", "meta_title", "meta_description", "materials")


@register(Category)
class CategoryOptions(TranslationOptions):
    """The words of a category."""

    fields = ("name", "description")


@register(Artisan)
class ArtisanOptions(TranslationOptions):
    """The words about a maker."""

    fields = ("name", "town", "bio")


@register(Colour)
class ColourOptions(TranslationOptions):
    """The name of a colour."""

    fields = ("name",)


@register(Material)
class MaterialOptions(TranslationOptions):
    """The name of a material."""

    fields = ("name",)


@register(GiRight)
class GiRightOptions(TranslationOptions):
    """The registered name; whose right it is has one spelling."""

    fields = ("name",)
