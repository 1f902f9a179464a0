"""Districts, crafts, states and PIN codes: identity only; the words are on the pages."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from storefront.atlas.rules import PIN_PREFIX


class State(models.Model):
    """A state or union territory of India, by its GST code."""

    class Tax(models.TextChoices):
        SGST = "CGST+SGST"
        UTGST = "CGST+UTGST"

    code = models.CharField(max_length=2, primary_key=True)
    iso = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=60)
    intra_state_tax = models.CharField(max_length=10, choices=Tax.choices, default=Tax.SGST)

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """One of the 75 districts of Uttar Pradesh."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    division = models.CharField(max_length=60)
    headquarters = models.CharField(max_length=60)
    former_names = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    lgd_code = models.PositiveSmallIntegerField(unique=True)
    map_code = models.CharField(max_length=3, unique=True)
    tile_row = models.PositiveSmallIntegerField()
    tile_column = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tile_row", "tile_column"), name="atlas_one_district_per_tile"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Craft(models.Model):
    """A craft, such as chikankari, black pottery or attar."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    family = models.SlugField(db_index=True)
    colour = models.CharField(max_length=20)
    # One step, and one piece of advice, a line.
    making = models.TextField(blank=True)
    care = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class DistrictProduct(models.Model):
    """What a district is listed for under One District One Product, with its tax facts."""

    district = models.ForeignKey(District, models.PROTECT, related_name="listed_products")
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    family = models.SlugField()
    hsn = models.CharField(max_length=8)
    gst_rate = models.CharField(max_length=10)
    gst_rule = models.CharField(max_length=40)
    price_min = models.DecimalField(max_digits=12, decimal_places=2)
    price_max = models.DecimalField(max_digits=12, decimal_places=2)
    listed_since = models.PositiveSmallIntegerField()
    gi_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("district", "rank"), name="atlas_one_product_per_district_and_rank"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Pincode(models.Model):
    """A PIN code of Uttar Pradesh and the district most of its post offices lie in."""

    pin = models.CharField(max_length=6, primary_key=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="pincodes")
    post_office = models.CharField(max_length=100)
    latitude = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=4, null=True)

    def __str__(self) -> str:
        return self.pin


class PinPrefix(models.Model):
    """The first digits of PIN codes and a state they can lie in; the longest prefix decides."""

    prefix = models.CharField(max_length=6, db_index=True)
    state = models.ForeignKey(State, models.PROTECT, related_name="pin_prefixes")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("prefix", "state"), name="atlas_one_prefix_per_state"),
        )

    def __str__(self) -> str:
        return f"{self.prefix}…"


class UnservedPin(models.Model):
    """PIN codes, by their first digits, to which no parcel goes from a day on; and till when."""

    prefix = models.CharField(
        _("PIN code, or its first digits"),
        max_length=6,
        validators=[
            RegexValidator(PIN_PREFIX, _("Please give three to six digits, the first not 0."))
        ],
    )
    reason_en = models.CharField(_("reason, English"), max_length=200)
    reason_hi = models.CharField(_("reason, Hindi"), max_length=200)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty as long as nobody knows.")
    )

    class Meta:
        verbose_name = _("PIN code that is not served")
        verbose_name_plural = _("PIN codes that are not served")
        constraints = (
            models.UniqueConstraint(fields=("prefix", "first_day"), name="atlas_unserved_once"),
            models.CheckConstraint(
                condition=Q(prefix__regex=PIN_PREFIX), name="atlas_unserved_prefix_is_digits"
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="atlas_unserved_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.prefix
