"""Pictures and their renditions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from storefront.core.words import in_language


class Picture(AbstractImage):
    """A picture of the shop, with words for those who cannot see it."""

    alt_en = models.CharField(_("alternative text, English"), max_length=250, blank=True)
    alt_hi = models.CharField(_("alternative text, Hindi"), max_length=250, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    is_computer_drawn = models.BooleanField(_("computer-drawn"), default=False)
    is_decorative = models.BooleanField(_("decoration"), default=False)
    # Whom it shows does not agree to it any more; see `services.take_off_show`.
    is_off_show = models.BooleanField(default=False, editable=False)

    admin_form_fields = (
        # Ours in two languages take the place of Wagtail's one description.
        *(name for name in WagtailImage.admin_form_fields if name != "description"),
        "alt_en",
        "alt_hi",
        "is_decorative",
        "credit",
        "licence",
        "is_computer_drawn",
    )

    @property
    def default_alt_text(self) -> str:
        """Return the words for the picture in English, the title if there are none."""
        return self.alt_en or self._last_word

    @property
    def told(self) -> str:
        """Return what is read out in its place, in the language of the moment."""
        return in_language(self.alt_en, self.alt_hi) or self._last_word

    @property
    def is_described(self) -> bool:
        """Return whether there are words for it in both languages, or none are needed."""
        return self.is_decorative or bool(self.alt_en and self.alt_hi)

    @property
    def is_credited(self) -> bool:
        """Return whether it is known who made it, and what allows the shop to show it."""
        return bool(self.credit and self.licence)

    @property
    def _last_word(self) -> str:
        return "" if self.is_decorative else self.title


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
