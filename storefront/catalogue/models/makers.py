"""Those who make things."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from storefront.atlas.models import Craft, District
from storefront.media.models import Picture


class Artisan(index.Indexed, models.Model):
    """
    A maker, as far as they agreed to be shown; their story is on their page.

    Who they are stands in the consent ledger, which writes these columns: here is nothing that
    the shop may not tell. `is_named`: they may be named in every language of the shop.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=100)
    town = models.CharField(_("town or quarter"), max_length=100)
    bio = models.TextField(_("about"), blank=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="artisans")
    craft = models.ForeignKey(Craft, models.PROTECT, related_name="artisans")
    portrait = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, related_name="+")
    is_demonstration = models.BooleanField(default=False)
    is_named = models.BooleanField(default=False)

    search_fields = (
        index.SearchField("name_en", boost=2),
        index.SearchField("name_hi", boost=2),
        index.SearchField("town_en"),
        index.SearchField("town_hi"),
    )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the maker's page in the language of the moment."""
        return reverse("maker", args=[self.slug])
