"""Which words about sellers are kept in both languages."""

from modeltranslation.translator import TranslationOptions, register

from storefront.partner.models import Partner


@register(Partner)
class PartnerOptions(TranslationOptions):
    """A seller's name and words."""

    fields = ("name", "town", "about")
