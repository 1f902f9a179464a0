"""Which names are kept in both languages."""

from modeltranslation.translator import TranslationOptions, register

from storefront.atlas.models import Craft, District, DistrictProduct, State


@register((State, District, Craft, DistrictProduct))
class NameOptions(TranslationOptions):
    """Names in English and Hindi."""

    fields = ("name",)
    required_languages = ("en", "hi")
