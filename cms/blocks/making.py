"""How a thing is made and kept: hours and days of work, recipes, care."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, RichTextBlock, StructBlock, TextBlock

from cms.blocks.looks import PREVIEW, Group, Look, look_block, with_settings
from cms.blocks.words import INLINE

MOST_LINES = 20


class MomentBlock(StructBlock):
    """An hour or a day of the work."""

    when = CharBlock(label=_("Hour or day"), max_length=60)
    words = TextBlock(label=_("What happens"), max_length=400, rows=2)

    class Meta:
        icon = "time"


class MakingBlock(StructBlock):
    """The work, hour by hour or day by day."""

    title = CharBlock(label=_("Heading"), required=False, max_length=120)
    moments = ListBlock(MomentBlock(), label=_("Hours or days"), min_num=2, max_num=MOST_LINES)

    class Meta:
        label = _("Timeline of making")
        icon = "time"
        group = Group.MAKING
        description = _("The work hour by hour or day by day.")
        preview_template = PREVIEW
        template = "cms/blocks/making.html"

    def get_preview_value(self) -> Any:
        """Return a day at the still."""
        moments = (
            (
                gettext("Four in the morning"),
                gettext("Roses are picked before the sun is on them."),
            ),
            (gettext("Six"), gettext("The copper pot is filled, closed with clay, and heated.")),
            (gettext("Afternoon"), gettext("The receiver is heavy and is changed for another.")),
        )
        told = [{"when": when, "words": words} for when, words in moments]
        return self.to_python({"title": gettext("One day at the still"), "moments": told})


class Kind(TextChoices):
    """What the steps are for."""

    CARE = "care", _("How to care for it")
    RECIPE = "recipe", _("Recipe")


class CareBlock(StructBlock):
    """What to do with a thing at home: steps, and notes on them."""

    kind = ChoiceBlock(choices=Kind.choices, default=Kind.CARE, label=_("Kind"), search_index=False)
    title = CharBlock(
        label=_("Heading"),
        required=False,
        max_length=120,
        help_text=_("Left empty, the kind is the heading."),
    )
    steps = ListBlock(
        CharBlock(label=_("Step"), max_length=400), label=_("Steps"), min_num=1, max_num=MOST_LINES
    )
    notes = RichTextBlock(label=_("Notes"), features=INLINE, required=False)
    look = look_block()

    class Meta:
        label = _("Recipe or care")
        icon = "clipboard-list"
        group = Group.MAKING
        description = _("Numbered steps for the kitchen or the cupboard, with notes.")
        form_layout = with_settings("kind", "title", "steps", "notes")
        preview_template = PREVIEW
        template = "cms/blocks/care.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the heading."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"title": heading_of(value)}

    def get_preview_value(self) -> Any:
        """Return the care of embroidery."""
        steps = [
            gettext("Wash it by hand in cool water with a mild soap."),
            gettext("Dry it in the shade."),
            gettext("Iron it from behind over a towel."),
        ]
        notes = gettext("The raised stitches should not be pressed flat.")
        return self.to_python({"steps": steps, "notes": f"<p>{notes}</p>", "look": Look.TINT})


def heading_of(value: Any) -> str:
    """Return the heading of a recipe or of advice on care."""
    kind = value["kind"]
    return value["title"] or str(Kind(kind if kind in set(Kind) else Kind.CARE).label)
