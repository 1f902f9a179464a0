"""Pictures in a story."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.images.blocks import ImageBlock

from cms.pictures import load_renditions, shown
from storefront.media.models import Picture
from storefront.media.queries import PictureView
from storefront.media.rules import Use


class PictureBlock(StructBlock):
    """A picture, with words for those who cannot see it, or marked as decoration."""

    picture = ImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        label = _("Picture")
        icon = "image"
        group = _("Pictures")
        description = _("A wide picture with its caption.")
        preview_template = "cms/block_preview.html"
        template = "cms/blocks/picture.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the picture as the pages show it."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        picture = value.get("picture")
        load_renditions([picture])
        return context | {"picture": with_own_words(picture)}

    def get_preview_value(self) -> Any:
        """Return the newest picture of the library, so that the preview shows a real one."""
        newest = Picture.objects.order_by("-pk").first()
        given = {"image": newest.pk, "alt_text": "", "decorative": True} if newest else None
        return self.normalize(
            self.to_python({"picture": given, "caption": "Taj Ganj"} if given else {})
        )


def with_own_words(picture: Any) -> PictureView | None:
    """Return the picture with the alternative text given in this story, if any."""
    view = shown(picture, Use.COVER)
    if view is None:
        return None
    if picture.decorative:
        return replace(view, alt="")
    return replace(view, alt=picture.contextual_alt_text or view.alt)
