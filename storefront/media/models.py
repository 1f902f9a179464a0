"""Pictures and their renditions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Picture(AbstractImage):
    """A picture of the shop, with words for those who cannot see it."""

    alt_en = models.CharField(_("alternative text, English"), max_length=250, blank=True)
    alt_hi = models.CharField(_("alternative text, Hindi"), max_length=250, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    is_computer_drawn = models.BooleanField(_("computer-drawn"), default=False)
    # Whom it shows does not agree to it any more; see `services.take_off_show`.
    is_off_show = models.BooleanField(default=False, editable=False)

    admin_form_fields = (
        # Ours in two languages take the place of Wagtail's one description.
        *(name for name in WagtailImage.admin_form_fields if name != "description"),
        "alt_en",
        "alt_hi",
        "credit",
        "licence",
        "is_computer_drawn",
    )

    @property
    def default_alt_text(self) -> str:
        """Return the words for the picture in English, the title if there are none."""
        return self.alt_en or self.title


class Rendition(AbstractRendition):
    """A picture at one size in one format."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="media_one_rendition_per_spec",
            ),
        )
