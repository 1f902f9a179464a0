"""Pictures in a story: one, across the whole window, side by side, step by step."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructBlock, StructValue, TextBlock
from wagtail.images.blocks import ImageBlock

from cms.blocks.looks import PREVIEW, Group, with_settings
from cms.blocks.shelf import Shelf, ShelfBlock
from storefront.media.models import Picture

MOST_PICTURES = 12


class PictureBlock(ShelfBlock):
    """A picture, with words for those who cannot see it, or marked as decoration."""

    picture = ImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        label = _("Picture")
        icon = "image"
        group = Group.PICTURES
        description = _("A wide picture with its caption.")
        preview_template = PREVIEW
        template = "cms/blocks/picture.html"

    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return the picture as the pages show it."""
        picture = shelf.picture(value["picture"])
        return {"picture": picture, "is_gone": picture is None}

    def get_preview_value(self) -> Any:
        """Return the newest picture of the library, so that the preview shows a real one."""
        return self.to_python({"picture": _newest(1)[0], "caption": "Taj Ganj"})


class Height(TextChoices):
    """How much of the window a picture fills."""

    WIDE = "wide", _("a wide strip")
    TALL = "tall", _("nearly the whole window")


class WidePictureBlock(PictureBlock):
    """A picture from one edge of the window to the other."""

    height = ChoiceBlock(
        choices=Height.choices, default=Height.WIDE, label=_("Height"), search_index=False
    )

    class Meta:
        label = _("Picture across the window")
        icon = "expand-right"
        description = _(
            "A picture from one edge of the window to the other, for a turn of the story."
        )
        form_layout = with_settings("picture", "caption", settings=("height",))
        template = "cms/blocks/wide_picture.html"


class GalleryPictureBlock(StructBlock):
    """One picture of a gallery."""

    picture = ImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"


class Layout(TextChoices):
    """How the pictures of a gallery lie."""

    SWIPE = "swipe", _("in a row, to swipe through")
    GRID = "grid", _("side by side, all at once")


class GalleryBlock(ShelfBlock):
    """Several pictures together."""

    title = CharBlock(label=_("Heading"), required=False, max_length=120)
    pictures = ListBlock(
        GalleryPictureBlock(), label=_("Pictures"), min_num=2, max_num=MOST_PICTURES
    )
    layout = ChoiceBlock(
        choices=Layout.choices, default=Layout.SWIPE, label=_("Layout"), search_index=False
    )

    class Meta:
        label = _("Gallery")
        icon = "grid"
        group = Group.PICTURES
        description = _("Two to twelve pictures with captions, to swipe through or side by side.")
        form_layout = with_settings("title", "pictures", settings=("layout",))
        preview_template = PREVIEW
        template = "cms/blocks/gallery.html"

    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return the pictures that are still there, as the pages show them."""
        views = [(shelf.picture(each["picture"]), each["caption"]) for each in value["pictures"]]
        there = [{"picture": view, "caption": caption} for view, caption in views if view]
        return {"pictures": there, "is_gone": len(there) < len(views)}

    def get_preview_value(self) -> Any:
        """Return the newest pictures of the library."""
        caption = gettext("On the shelf, before the fire")
        pictures = [{"picture": each, "caption": caption} for each in _newest(3)]
        return self.to_python({"title": gettext("One morning in the yard"), "pictures": pictures})


class StepBlock(StructBlock):
    """One step of making."""

    title = CharBlock(label=_("Step"), max_length=80)
    picture = ImageBlock(label=_("Picture"), required=False)
    words = TextBlock(label=_("Words"), max_length=400, rows=3)

    class Meta:
        icon = "list-ol"


class StepsBlock(ShelfBlock):
    """How a thing becomes what it is, from before to after."""

    title = CharBlock(label=_("Heading"), required=False, max_length=120)
    steps = ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=MOST_PICTURES)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        group = Group.MAKING
        description = _(
            "From before to after: steps with a picture and words each, to swipe through."
        )
        preview_template = PREVIEW
        template = "cms/blocks/steps.html"

    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return the steps, those whose picture was deleted without one."""
        return {
            "steps": [
                {
                    "title": step["title"],
                    "words": step["words"],
                    "picture": shelf.picture(step["picture"]),
                }
                for step in value["steps"]
            ]
        }

    def get_preview_value(self) -> Any:
        """Return three steps of casting, with the newest pictures of the library."""
        words = (
            (gettext("Before"), gettext("Damp sand is rammed around a pattern in two frames.")),
            (gettext("The pour"), gettext("Brass runs into the hollow that the pattern left.")),
            (
                gettext("After"),
                gettext("The lathe takes off the black skin, and the lota is gold."),
            ),
        )
        steps = [
            {"title": title, "words": told, "picture": picture}
            for (title, told), picture in zip(words, _newest(3), strict=True)
        ]
        return self.to_python({"title": gettext("From sand to lota"), "steps": steps})


def _newest(count: int) -> list[dict[str, Any]]:
    """Return the newest pictures as a form sends them, with none where there are too few."""
    found = [*Picture.objects.order_by("-pk").values_list("pk", flat=True)[:count]]
    numbers = [*found, *[None] * (count - len(found))]
    return [{"image": number, "alt_text": "", "decorative": True} for number in numbers]
