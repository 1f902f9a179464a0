"""Which words of the catalogue are kept in both languages."""

from modeltranslation.translator import TranslationOptions, register

from storefront.catalogue.models import Artisan, Category, Product


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
