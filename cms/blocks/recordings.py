"""Sound and film in a story, from the shop's own files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import Document

from cms.blocks.looks import PREVIEW, Group
from cms.blocks.words import INLINE

PLAYED = ("audio", "video")
CAPTIONS = "text/vtt"


class RecordingBlock(StructBlock):
    """Something to hear or to watch, with all that is said in it as text."""

    title = CharBlock(label=_("Heading"), max_length=120)
    recording = DocumentChooserBlock(
        label=_("Sound or film"),
        help_text=_("MP3, M4A, OGG or OPUS to hear, MP4 or WEBM to watch."),
    )
    captions = DocumentChooserBlock(
        label=_("Captions of a film"),
        required=False,
        help_text=_("A VTT file in the language of the story, for those who watch without sound."),
    )
    transcript = RichTextBlock(
        label=_("Transcript"),
        features=INLINE,
        help_text=_("All that is said and heard, for those who cannot hear or do not want to."),
    )

    class Meta:
        label = _("Sound or film")
        icon = "media"
        group = Group.PICTURES
        description = _("A recording from our own files, with its transcript.")
        preview_template = PREVIEW
        template = "cms/blocks/recording.html"

    def clean(self, value: StructValue) -> StructValue:
        """Refuse files that no browser plays."""
        cleaned: StructValue = super().clean(value)
        wrong = {}
        if (file := cleaned["recording"]) and kind_of(file) not in PLAYED:
            wrong["recording"] = ValidationError(_("This file is neither sound nor film."))
        if (file := cleaned["captions"]) and file.content_type != CAPTIONS:
            wrong["captions"] = ValidationError(_("Captions are a VTT file."))
        if wrong:
            raise StructBlockValidationError(wrong)
        return cleaned

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        """Add the file as the player wants it."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        file = value["recording"]
        return context | {"kind": kind_of(file) if file else "", "is_gone": file is None}

    def get_preview_value(self) -> Any:
        """Return the newest recording, or a player without one."""
        files = Document.objects.order_by("-pk").exclude(file__endswith=".vtt")
        said = gettext("The fire is low. Now we wait for the drops: one, and one, and one.")
        return self.normalize(
            {
                "title": gettext("The still at work"),
                "recording": files.first() or Document(file="documents/still.mp3"),
                "captions": None,
                "transcript": f"<p>{said}</p>",
            }
        )


def kind_of(file: Document) -> str:
    """Return how a file is played: audio, video, or neither."""
    first, _slash, _rest = str(file.content_type).partition("/")
    return first
