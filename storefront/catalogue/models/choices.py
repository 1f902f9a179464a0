"""What products are chosen by: colours, materials, and whose right a registered name is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Colour(models.Model):
    """A colour to choose by; the list is staff's."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        verbose_name = _("colour")
        verbose_name_plural = _("colours")

    def __str__(self) -> str:
        return self.name


class Material(models.Model):
    """What things are made of, in a word to choose by; the list is staff's."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.name


class GiRight(models.Model):
    """
    Somebody's right to sell under the name of a geographical indication, checked by staff.

    The name belongs to the authorised users and members of a producers' body, never to everybody
    of a district: so a product points to the right it is sold under.
    """

    name = models.CharField(_("registered name"), max_length=120)
    holder = models.CharField(_("authorised user or producers' body"), max_length=120)
    number = models.CharField(_("authorised user or membership number"), max_length=40)
    checked_on = models.DateField(_("papers seen on"))

    class Meta:
        verbose_name = _("right to a GI name")
        verbose_name_plural = _("rights to GI names")
        constraints = (
            models.UniqueConstraint(fields=("holder", "number"), name="catalogue_one_gi_right"),
            models.CheckConstraint(condition=~Q(number=""), name="catalogue_gi_right_has_number"),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}, {self.number}"
