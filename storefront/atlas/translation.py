"""Which names are kept in both languages."""

from modeltranslation.translator import TranslationOptions, register

from storefront.atlas.models import Craft, District, DistrictProduct, State


@register(Craft)
class CraftOptions(TranslationOptions):
    """Name, making and care in English and Hindi."""

    fields = ("name", "making", "care")
    required_languages = {"en": ("name",), "hi": ("name",)}


@register((State, District, DistrictProduct))
class NameOptions(TranslationOptions):
    """Names in English and Hindi."""

    fields = ("name",)
    required_languages = ("en", "hi")
